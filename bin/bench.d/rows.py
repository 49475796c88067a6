"""Invented enterprises in any number, always the same, as the files bin/bench imports."""

import csv
import zipfile
from itertools import cycle, islice
from xml.sax.saxutils import escape

HEADINGS = ["统一社会信用代码", "企业名称", "注册地", "行业", "在岗职工"]
# GB 32100-2015: the 31 characters of a unified social credit code in the order of their values, and its weights.
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
# GB 11714-1997: those of the organisation code in its 9th to 17th place.
ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

FIRST = "海东南安永兴福泰华丰金宏顺祥瑞和源昌盛茂"
SECOND = "达通利信诚隆鑫恒远航晟润业邦辉腾翔汇鼎创"
TRADES = ["水产", "食品", "机械", "服饰", "物流", "信息", "商贸", "建材", "包装", "电子", "环保", "模具", "装备"]

_ORGANISATION_CHECK = "0123456789X"
_VALUES = {letter: value for value, letter in enumerate(LETTERS)}


def code(region, number):
    """A valid code of an enterprise (91), made up of a region and a running number."""
    organisation = f"{number:08d}"
    rest = sum(int(digit) * weight for digit, weight in zip(organisation, ORGANISATION_WEIGHTS)) % 11
    first = f"91{region}{organisation}{_ORGANISATION_CHECK[(11 - rest) % 11]}"
    return first + LETTERS[-sum(_VALUES[letter] * weight for letter, weight in zip(first, WEIGHTS)) % 31]


def rows(count, regions, industries):
    """The rows of the files, as texts; the first has the first region and the first industry."""
    for number, industry, region in zip(range(count), cycle(industries), cycle(regions)):
        name = (f"演示{FIRST[number % 20]}{SECOND[number // 20 % 20]}{TRADES[number % 13]}"
                f"{number // 400 + 1}号有限公司")
        yield [code(region, number), name, region, industry, str(5 + number * 37 % 900)]


def write_csv(path, table):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(table)


def write_xlsx(path, table):
    """A workbook as spreadsheets save it: texts in a table of their own, numbers as numbers."""
    places = {}

    def cells(row, number):
        yield f'<row r="{number}">'
        for column, text in zip("ABCDE", row):
            if column == "E" and number > 1:
                yield f'<c r="{column}{number}"><v>{text}</v></c>'
            else:
                yield f'<c r="{column}{number}" t="s"><v>{places.setdefault(text, len(places))}</v></c>'
        yield "</row>"

    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        def part(name, texts):
            with archive.open(name, "w", force_zip64=True) as file:
                file.write(head.encode())
                pieces = iter(texts)
                while some := "".join(islice(pieces, 10_000)):
                    file.write(some.encode())

        def sheet():
            yield f"<worksheet {main}><sheetData>"
            yield from cells(HEADINGS, 1)
            for number, row in enumerate(table, 2):
                yield from cells(row, number)
            yield "</sheetData></worksheet>"

        def strings():
            yield f'<sst {main} uniqueCount="{len(places)}">'
            for text in places:
                yield f"<si><t>{escape(text)}</t></si>"
            yield "</sst>"

        part("[Content_Types].xml", f'<Types xmlns="{package}/content-types">'
             f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
             f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
             f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}.worksheet+xml"/>'
             f'<Override PartName="/xl/sharedStrings.xml" ContentType="{types}.sharedStrings+xml"/></Types>')
        part("_rels/.rels", f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
             f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        part("xl/workbook.xml", f'<workbook {main} xmlns:r="{relations}"><sheets>'
             '<sheet name="企业" sheetId="1" r:id="rId1"/></sheets></workbook>')
        part("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}/relationships">'
             f'<Relationship Id="rId1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/>'
             f'<Relationship Id="rId2" Type="{relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>')
        part("xl/worksheets/sheet1.xml", sheet())
        part("xl/sharedStrings.xml", strings())
