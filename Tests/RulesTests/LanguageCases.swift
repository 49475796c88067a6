extension LanguageCase {
  static let values: [LanguageCase] = [
    .init(#"1+2"#, #"{"int64Value": "3"}"#),
    .init(#"-9223372036854775808"#, #"{"int64Value": "-9223372036854775808"}"#),
    .init(#"9223372036854775807+1"#, nil),
    .init(#"1u+2u"#, #"{"uint64Value": "3"}"#),
    .init(#"1u-2u"#, nil),
    .init(#"5/0"#, nil),
    .init(#"5%3"#, #"{"int64Value": "2"}"#),
    .init(#"-5%3"#, #"{"int64Value": "-2"}"#),
    .init(#"-5/3"#, #"{"int64Value": "-1"}"#),
    .init(#"(-9223372036854775807-1)/-1"#, nil),
    .init(#"1.0/0.0"#, #"{"doubleValue": "Infinity"}"#),
    .init(#"0.0/0.0==0.0/0.0"#, #"{"boolValue": false}"#),
    .init(#"true && (1/0>1)"#, nil),
    .init(#"false && (1/0>1)"#, #"{"boolValue": false}"#),
    .init(#"(1/0>1) && false"#, #"{"boolValue": false}"#),
    .init(#"(1/0>1) || true"#, #"{"boolValue": true}"#),
    .init(#"1==1.0"#, #"{"boolValue": true}"#),
    .init(#"dyn(1)==1u"#, #"{"boolValue": true}"#),
    .init(#"dyn(1u)<2.5"#, #"{"boolValue": true}"#),
    .init(#"'a'<'b'"#, #"{"boolValue": true}"#),
    .init(#"'abc'.size()"#, #"{"int64Value": "3"}"#),
    .init(#"size('我们')"#, #"{"int64Value": "2"}"#),
    .init(#"b'\xff'.size()"#, #"{"int64Value": "1"}"#),
    .init(#"'\u00ff'"#, #"{"stringValue": "ÿ"}"#),
    .init(#"b'\377'"#, #"{"bytesValue": "/w=="}"#),
    .init(#"r'\n'"#, #"{"stringValue": "\\n"}"#),
    .init("'''a\nb'''", #"{"stringValue": "a\nb"}"#),
    .init(#"{'a':1}.a"#, #"{"int64Value": "1"}"#),
    .init(#"{'a':1}['b']"#, nil),
    .init(#"{1:1,1u:2}"#, nil),
    .init(#"{1:'x'}[1u]"#, #"{"stringValue": "x"}"#),
    .init(#"{1:'x'}[1.0]"#, #"{"stringValue": "x"}"#),
    .init(#"[1,2][1.0]"#, #"{"int64Value": "2"}"#),
    .init(#"1 in [1.0]"#, #"{"boolValue": true}"#),
    .init(#"'a' in {'a':1}"#, #"{"boolValue": true}"#),
    .init(#"'hubba'.matches('ubb')"#, #"{"boolValue": true}"#),
    .init(#"'hubba'.matches('^ub')"#, #"{"boolValue": false}"#),
    .init(#"matches('cows','c.*s$')"#, #"{"boolValue": true}"#),
    .init(#"'a'.matches('(')"#, nil),
    .init(#"true ? 1 : 1/0"#, #"{"int64Value": "1"}"#),
    .init(#"!(1==2)"#, #"{"boolValue": true}"#),
    .init(#"- (-5)"#, #"{"int64Value": "5"}"#),
    .init(#"--5"#, #"{"int64Value": "5"}"#),
    .init(#"1 ? 2 : 3"#, nil),
    .init(#"foo"#, nil),
    .init(#"in"#, nil),
    .init(#"'\ud800'"#, nil),
    .init(#"0x1F"#, #"{"int64Value": "31"}"#),
    .init(#"0xFFu"#, #"{"uint64Value": "255"}"#),
    .init(#"1e3"#, #"{"doubleValue": 1000.0}"#),
    .init(#".5"#, #"{"doubleValue": 0.5}"#),
    .init(#"{'class':1}.class"#, #"{"int64Value": "1"}"#),
    .init(#"a"#, nil),
    .init(#"null==null"#, #"{"boolValue": true}"#),
    .init(#"[1,2]==[1,2.0]"#, #"{"boolValue": true}"#),
    .init(#"{'a':1}=={'a':1u}"#, #"{"boolValue": true}"#),
    .init(#"[]+[1]"#, #"{"listValue": {"values": [{"int64Value": "1"}]}}"#),
    .init(#"[0,1][-1]"#, nil),
    .init(#"size([1])"#, #"{"int64Value": "1"}"#),
    .init(#"'x' + 1"#, nil),
    .init(#"dyn('x')+1"#, nil),
  ]

  static let macros: [LanguageCase] = [
    .init(
      #"[1,2,3].map(x,x*2)"#,
      #"{"listValue": {"values": [{"int64Value": "2"}, {"int64Value": "4"}, {"int64Value": "6"}]}}"#
    ),
    .init(
      #"[1,2,3].filter(x,x>1)"#,
      #"{"listValue": {"values": [{"int64Value": "2"}, {"int64Value": "3"}]}}"#
    ),
    .init(#"[1,2].exists_one(x,x==1)"#, #"{"boolValue": true}"#),
    .init(#"[1,2,3].all(x,x>0)"#, #"{"boolValue": true}"#),
    .init(#"[1,'a'].exists(x,x==1)"#, #"{"boolValue": true}"#),
    .init(#"has({'a':1}.a)"#, #"{"boolValue": true}"#),
    .init(#"has({'a':1}.b)"#, #"{"boolValue": false}"#),
    .init(
      #"[1,2].transformList(i,v,i*10+v)"#,
      #"{"listValue": {"values": [{"int64Value": "1"}, {"int64Value": "12"}]}}"#
    ),
    .init(
      #"{'a':1}.transformMap(k,v,v+1)"#,
      #"{"mapValue": {"entries": [{"key": {"stringValue": "a"}, "value": {"int64Value": "2"}}]}}"#
    ),
    .init(#"[1,2].all(i,v,i<v)"#, #"{"boolValue": true}"#),
    .init(#"{'a':1}.exists(k,v,k=='a'&&v==1)"#, #"{"boolValue": true}"#),
    .init(
      #"{'a':1}.transformMapEntry(k,v,{v:k})"#,
      #"{"mapValue": {"entries": [{"key": {"int64Value": "1"}, "value": {"stringValue": "a"}}]}}"#
    ),
  ]

  static let conversions: [LanguageCase] = [
    .init(#"type(1)==int"#, #"{"boolValue": true}"#),
    .init(#"type(type(1))"#, #"{"typeValue": "type"}"#),
    .init(#"type([])"#, #"{"typeValue": "list"}"#),
    .init(#"type(null)"#, #"{"typeValue": "null_type"}"#),
    .init(#"int('12')"#, #"{"int64Value": "12"}"#),
    .init(#"int(1e99)"#, nil),
    .init(#"int(-1.9)"#, #"{"int64Value": "-1"}"#),
    .init(#"uint(-1)"#, nil),
    .init(#"string(1.5)"#, #"{"stringValue": "1.5"}"#),
    .init(#"string(1e21)"#, #"{"stringValue": "1e+21"}"#),
    .init(#"double('1e3')"#, #"{"doubleValue": 1000.0}"#),
    .init(#"bool('T')"#, #"{"boolValue": true}"#),
    .init(#"bytes('é')"#, #"{"bytesValue": "w6k="}"#),
    .init(#"string(b'\xff')"#, nil),
  ]

  static let times: [LanguageCase] = [
    .init(#"type(timestamp(0))==google.protobuf.Timestamp"#, #"{"boolValue": true}"#),
    .init(
      #"timestamp('2009-02-13T23:31:30Z')"#,
      #"{"objectValue": {"@type": "type.googleapis.com/google.protobuf.Timestamp", "value": "2009-02-13T23:31:30Z"}}"#
    ),
    .init(#"int(timestamp('2009-02-13T23:31:30Z'))"#, #"{"int64Value": "1234567890"}"#),
    .init(#"timestamp('0000-01-01T00:00:00Z')"#, nil),
    .init(#"timestamp('2009-02-13T23:31:30Z').getMonth()"#, #"{"int64Value": "1"}"#),
    .init(
      #"timestamp('2009-02-13T23:31:30Z').getDayOfWeek('Asia/Shanghai')"#,
      #"{"int64Value": "6"}"#
    ),
    .init(#"timestamp('2009-02-13T23:31:20Z').getHours('02:00')"#, #"{"int64Value": "1"}"#),
    .init(#"timestamp('2009-02-13T02:00:00Z').getDayOfMonth('-02:30')"#, #"{"int64Value": "11"}"#),
    .init(
      #"duration('1h')+duration('1.5s')"#,
      #"{"objectValue": {"@type": "type.googleapis.com/google.protobuf.Duration", "value": "3601.5s"}}"#
    ),
    .init(#"duration('320000000000s')"#, nil),
    .init(#"duration('-200000000000s')+duration('-200000000000s')"#, nil),
    .init(
      #"timestamp('9999-12-31T23:59:59Z')-timestamp('0001-01-01T00:00:00Z')"#,
      #"{"objectValue": {"@type": "type.googleapis.com/google.protobuf.Duration", "value": "315537897599s"}}"#
    ),
    .init(#"string(duration('1000000s'))"#, #"{"stringValue": "1000000s"}"#),
    .init(
      #"timestamp('2009-02-13T23:31:30.123000Z')"#,
      #"{"objectValue": {"@type": "type.googleapis.com/google.protobuf.Timestamp", "value": "2009-02-13T23:31:30.123Z"}}"#
    ),
  ]

  static let libraries: [LanguageCase] = [
    .init(#"'tacocat'.indexOf('a',3)"#, #"{"int64Value": "5"}"#),
    .init(#"'tacocat'.lastIndexOf('a',3)"#, #"{"int64Value": "1"}"#),
    .init(
      #"'a,b,c'.split(',',2)"#,
      #"{"listValue": {"values": [{"stringValue": "a"}, {"stringValue": "b,c"}]}}"#
    ),
    .init(#"'hello'.replace('l','x',1)"#, #"{"stringValue": "hexlo"}"#),
    .init(#"'abc'.substring(1,2)"#, #"{"stringValue": "b"}"#),
    .init(#"'abc'.charAt(3)"#, #"{"stringValue": ""}"#),
    .init(#"'abc'.charAt(4)"#, nil),
    .init(#"'%s %d %.2f %x'.format(['a',3,2.5,255])"#, #"{"stringValue": "a 3 2.50 ff"}"#),
    .init(#"'%s'.format([{'b':1,'a':[1,null]}])"#, #"{"stringValue": "{a: [1, null], b: 1}"}"#),
    .init(#"'%e'.format([1234.5])"#, #"{"stringValue": "1.234500e+03"}"#),
    .init(#"strings.quote('a"b\n')"#, #"{"stringValue": "\"a\\\"b\\n\""}"#),
    .init(#"'  x '.trim()"#, #"{"stringValue": "x"}"#),
    .init(#"['a','b'].join('-')"#, #"{"stringValue": "a-b"}"#),
    .init(#"'gums'.reverse()"#, #"{"stringValue": "smug"}"#),
    .init(#"math.greatest(1,2.5,3u)"#, #"{"uint64Value": "3"}"#),
    .init(#"math.least([1,2])"#, #"{"int64Value": "1"}"#),
    .init(#"math.ceil(1.2)"#, #"{"doubleValue": 2.0}"#),
    .init(#"math.bitShiftRight(-1024,3)"#, #"{"int64Value": "2305843009213693824"}"#),
    .init(#"math.abs(-5)"#, #"{"int64Value": "5"}"#),
    .init(#"math.sign(-2.0)"#, #"{"doubleValue": -1.0}"#),
    .init(#"math.round(-1.5)"#, #"{"doubleValue": -2.0}"#),
    .init(#"math.isNaN(0.0/0.0)"#, #"{"boolValue": true}"#),
    .init(#"math.bitNot(1)"#, #"{"int64Value": "-2"}"#),
    .init(
      #"[1,[2,[3]]].flatten(2)"#,
      #"{"listValue": {"values": [{"int64Value": "1"}, {"int64Value": "2"}, {"int64Value": "3"}]}}"#
    ),
    .init(
      #"[3,1,2].sort()"#,
      #"{"listValue": {"values": [{"int64Value": "1"}, {"int64Value": "2"}, {"int64Value": "3"}]}}"#
    ),
    .init(
      #"[1,1u,2].distinct()"#,
      #"{"listValue": {"values": [{"int64Value": "1"}, {"int64Value": "2"}]}}"#
    ),
    .init(
      #"lists.range(3)"#,
      #"{"listValue": {"values": [{"int64Value": "0"}, {"int64Value": "1"}, {"int64Value": "2"}]}}"#
    ),
    .init(
      #"[1,2,3].slice(1,3)"#,
      #"{"listValue": {"values": [{"int64Value": "2"}, {"int64Value": "3"}]}}"#
    ),
    .init(#"sets.contains([1,2],[1u])"#, #"{"boolValue": true}"#),
    .init(#"sets.equivalent([1],[1u,1.0])"#, #"{"boolValue": true}"#),
    .init(#"base64.encode(b'hello')"#, #"{"stringValue": "aGVsbG8="}"#),
    .init(#"base64.decode('aGVsbG8')"#, #"{"bytesValue": "aGVsbG8="}"#),
    .init(#"cel.bind(x,2,x*x)"#, #"{"int64Value": "4"}"#),
    .init(#"cel.block([1,cel.index(0)+1],cel.index(1))"#, #"{"int64Value": "2"}"#),
  ]

  static let optionals: [LanguageCase] = [
    .init(#"optional.of(1).value()"#, #"{"int64Value": "1"}"#),
    .init(#"optional.none().orValue(3)"#, #"{"int64Value": "3"}"#),
    .init(#"{'a':{'b':1}}.?a.?b.orValue(0)"#, #"{"int64Value": "1"}"#),
    .init(#"{'a':1}.?b.hasValue()"#, #"{"boolValue": false}"#),
    .init(#"[?optional.none(),1]"#, #"{"listValue": {"values": [{"int64Value": "1"}]}}"#),
    .init(#"{?'a':optional.none()}.size()"#, #"{"int64Value": "0"}"#),
    .init(#"optional.of(2).optMap(x,x+1).value()"#, #"{"int64Value": "3"}"#),
    .init(#"[1,2][?5].hasValue()"#, #"{"boolValue": false}"#),
    .init(#"optional.none()==optional.none()"#, #"{"boolValue": true}"#),
  ]

  static let ours: [LanguageCase] = [
    .init(
      #"date('2022-07-14')+1"#,
      #"{"objectValue": {"@type": "citong/Date", "value": "2022-07-15"}}"#
    ),
    .init(#"date('2022-07-14')-date('2022-07-01')"#, #"{"int64Value": "13"}"#),
    .init(#"sum([1,2],x,x*2)"#, #"{"objectValue": {"@type": "citong/Decimal", "value": "6"}}"#),
    .init(#"avg([1,2])"#, #"{"objectValue": {"@type": "citong/Decimal", "value": "1.5"}}"#),
    .init(#"avg([])"#, nil),
    .init(#"count([1,2,3],x,x>1)"#, #"{"objectValue": {"@type": "citong/Decimal", "value": "2"}}"#),
    .init(#"max([3,5,4])"#, #"{"int64Value": "5"}"#),
  ]

  static let names: [LanguageCase] = [
    .init(#"x.y + 1"#, #"{"int64Value": "3"}"#, #"{"x.y": {"int64Value": "2"}}"#),
    .init(
      #"x.y"#,
      #"{"int64Value": "5"}"#,
      #"{"x": {"mapValue": {"entries": [{"key": {"stringValue": "y"}, "value": {"int64Value": "5"}}]}}}"#
    ),
    .init(#"[1].exists(x, .x == 7)"#, #"{"boolValue": true}"#, #"{"x": {"int64Value": "7"}}"#),
    .init(
      #"在校生数 / 专任教师数 <= 20"#,
      #"{"boolValue": false}"#,
      #"{"在校生数": {"objectValue": {"@type": "citong/Decimal", "value": "1045"}}, "专任教师数": {"objectValue": {"@type": "citong/Decimal", "value": "50"}}}"#
    ),
    .init(
      #"在校生数 / 专任教师数"#,
      #"{"objectValue": {"@type": "citong/Decimal", "value": "20.9"}}"#,
      #"{"在校生数": {"objectValue": {"@type": "citong/Decimal", "value": "1045"}}, "专任教师数": {"objectValue": {"@type": "citong/Decimal", "value": "50"}}}"#
    ),
    .init(
      #"a/b*3"#,
      #"{"objectValue": {"@type": "citong/Decimal", "value": "1"}}"#,
      #"{"a": {"objectValue": {"@type": "citong/Decimal", "value": "1"}}, "b": {"objectValue": {"@type": "citong/Decimal", "value": "3"}}}"#
    ),
    .init(
      #"a/b"#,
      nil,
      #"{"a": {"objectValue": {"@type": "citong/Decimal", "value": "1"}}, "b": {"objectValue": {"@type": "citong/Decimal", "value": "0"}}}"#
    ),
  ]
}
