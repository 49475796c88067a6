// Citong: everything works without this file; it only makes some things quicker.
(function () {
  'use strict';
  var root = document.documentElement;
  var kept = { get: function (k) { try { return localStorage.getItem(k); } catch (e) { return null; } },
               set: function (k, v) { try { localStorage.setItem(k, v); } catch (e) { /* private window */ } } };
  if (kept.get('elder') === '1') root.classList.add('elder');   // before the first paint: no shift

  document.addEventListener('DOMContentLoaded', function () {
    var all = function (s, in_) { return Array.prototype.slice.call((in_ || document).querySelectorAll(s)); };

    // 长者模式
    all('[data-elder]').forEach(function (b) {
      var show = function () { var on = root.classList.contains('elder'); b.setAttribute('aria-pressed', on); b.textContent = on ? '退出长者模式' : '长者模式'; };
      b.hidden = false; show();
      b.addEventListener('click', function () { kept.set('elder', root.classList.toggle('elder') ? '1' : '0'); show(); });
    });

    // Ctrl/Cmd+K or / goes to the search box; Escape closes an opened figure
    document.addEventListener('keydown', function (e) {
      var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName) || e.target.isContentEditable;
      if (((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'k') || (e.key === '/' && !typing && !e.ctrlKey && !e.metaKey && !e.altKey)) {
        var f = document.querySelector('[data-find]'); if (f) { e.preventDefault(); f.focus(); f.select(); }
      } else if (e.key === 'Escape') {
        all('details.fig[open]').forEach(function (d) { d.open = false; var s = d.querySelector('summary'); if (d.contains(document.activeElement)) s.focus(); });
      }
    });
    // j and k go through the rows of a list
    document.addEventListener('keydown', function (e) {
      if (!/^[jk]$/.test(e.key) || e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName)) return;
      var links = all('main [data-list] .data tbody tr > :first-child a'); if (!links.length) return;
      var at = links.indexOf(document.activeElement), next = links[e.key === 'j' ? Math.min(at + 1, links.length - 1) : Math.max(at - 1, 0)];
      e.preventDefault(); next.focus();
    });
    // the list follows what is typed into its search box
    all('form.filters input[type=search]').forEach(function (box) {
      var form = box.form, shown = box.value, wait;
      box.addEventListener('input', function () {
        clearTimeout(wait); wait = setTimeout(function () {
          var asked = box.value; if (asked === shown) return; shown = asked;
          var parts = []; new FormData(form).forEach(function (v, k) { if (v) parts.push(encodeURIComponent(k) + '=' + encodeURIComponent(v)); });
          var address = form.getAttribute('action') + (parts.length ? '?' + parts.join('&') : '');
          fetch(address).then(function (r) { return r.ok ? r.text() : ''; }).then(function (text) {
            if (!text || box.value !== asked) return;
            var page = new DOMParser().parseFromString(text, 'text/html');
            ['[data-list]', '.list-head .count'].forEach(function (s) {
              var from = page.querySelector(s), to = document.querySelector(s);
              if (from && to) to.replaceWith(document.importNode(from, true));
            });
            history.replaceState(null, '', address); fit();
          }).catch(function () { /* the button still works */ });
        }, 200);
      });
    });
    // one figure open at a time also where <details name> is unknown
    document.addEventListener('toggle', function (e) {
      if (e.target.open && e.target.classList.contains('fig')) all('details.fig[open]').forEach(function (d) { if (d !== e.target) d.open = false; });
    }, true);

    // a table that fits needs no scrolling of its own: its head may stick to the window
    var fit = function () {
      all('.table-scroll').forEach(function (d) {
        d.classList.remove('fits');
        var fits = d.scrollWidth <= d.clientWidth;
        d.classList.toggle('fits', fits);
        if (d.getAttribute('role') === 'region') { if (fits) d.removeAttribute('tabindex'); else d.tabIndex = 0; }
      });
    };
    fit(); window.addEventListener('resize', fit); window.addEventListener('load', fit);

    // after a refused form the reader starts at the summary
    var focus = document.querySelector('[data-focus]'); if (focus) focus.focus();

    // references: names are offered while one types
    all('[data-refers]').forEach(function (x) {
      var list = document.createElement('datalist'), asked = '', wait;
      list.id = x.id + '-list'; x.parentNode.appendChild(list); x.setAttribute('list', list.id);
      x.addEventListener('input', function () {
        clearTimeout(wait); wait = setTimeout(function () {
          var q = x.value.trim(); if (!q || q === asked) return; asked = q;
          fetch('/desk/' + x.dataset.refers + '/names?q=' + encodeURIComponent(q)).then(function (r) { return r.ok ? r.json() : []; }).then(function (names) {
            list.textContent = '';
            names.forEach(function (n) { var o = document.createElement('option'); o.value = n.title; o.label = n.id; list.appendChild(o); });
          }).catch(function () { /* typing goes on without */ });
        }, 150);
      });
    });

    // warn before losing what was typed
    all('[data-form]').forEach(function (f) {
      var dirty = false;
      f.addEventListener('input', function () { dirty = true; });
      f.addEventListener('submit', function () { dirty = false; });
      window.addEventListener('beforeunload', function (e) { if (dirty) e.preventDefault(); });
    });

    // sub-tables: 再加一行
    all('[data-rows]').forEach(function (t) {
      var b = document.createElement('button'); b.type = 'button'; b.className = 'plain'; b.textContent = '再加一行';
      var p = document.createElement('p'); p.appendChild(b); t.parentNode.parentNode.appendChild(p);
      b.addEventListener('click', function () {
        var body = t.tBodies[0], last = body.rows[body.rows.length - 1], row = last.cloneNode(true), n = body.rows.length;
        all('.error', row).forEach(function (x) { x.remove(); });
        all('input,select,textarea', row).forEach(function (x) {
          x.name = x.name.replace(/\.\d+(?=\.|$)/, '.' + n);
          x.setAttribute('aria-label', (x.getAttribute('aria-label') || '').replace(/\d+/, n + 1));
          x.removeAttribute('aria-invalid');
          if (x.type === 'checkbox') x.checked = false; else x.value = '';
        });
        body.appendChild(row); var first = row.querySelector('input,select'); if (first) first.focus();
      });
    });

    // charts stand beside tables that say the same
    if (window.Chart) all('[data-chart]').forEach(draw);

    // weights: sliders re-order for this reader only
    var form = document.querySelector('[data-weights]');
    if (form) weigh(form, all);
  });

  function draw(figure) {
    var data = JSON.parse(figure.dataset.chart), style = getComputedStyle(root), of = function (n) { return style.getPropertyValue(n).trim(); };
    var inks = [of('--accent'), of('--mark'), of('--yellow'), of('--green')], lines = data.series.length > 1;
    var said = function (v) {
      if (v === null) return '未填报';
      if (data.unit === '%') return v + '%';
      return v >= 1e8 ? +(v / 1e8).toFixed(2) + '亿' : v >= 1e4 ? +(v / 1e4).toFixed(1) + '万' : v.toLocaleString('zh-CN');
    };
    var canvas = document.createElement('canvas'); canvas.setAttribute('aria-hidden', 'true');
    var frame = document.createElement('div'); frame.className = 'canvas'; frame.appendChild(canvas);
    figure.appendChild(frame); figure.hidden = false;
    // direct labels: the value over each bar, the name at the end of each line
    var labels = { id: 'labels', afterDatasetsDraw: function (chart) {
      var c = chart.ctx; c.save(); c.font = '13px ' + of('--sans'); c.fillStyle = of('--ink');
      var taken = [];   // names at the ends of lines keep clear of each other
      chart.data.datasets.forEach(function (set, i) {
        var points = chart.getDatasetMeta(i).data;
        if (!lines) { c.textAlign = 'center'; points.forEach(function (p, k) { if (set.data[k] !== null) c.fillText(said(set.data[k]), p.x, p.y - 6); }); return; }
        var k = set.data.length - 1; while (k >= 0 && set.data[k] === null) k--;
        if (k < 0) return;
        var y = points[k].y + 4;
        while (taken.some(function (t) { return Math.abs(t - y) < 16; })) y -= 4;
        taken.push(y); c.textAlign = 'left'; c.fillStyle = set.borderColor; c.fillText(set.label + ' ' + said(set.data[k]), points[k].x + 8, y);
      });
      c.restore();
    } };
    new window.Chart(canvas, {
      type: lines ? 'line' : 'bar', plugins: [labels],
      data: { labels: data.labels, datasets: data.series.map(function (s, i) {
        return { label: s.label, data: s.values, borderColor: inks[i % 4], backgroundColor: lines ? inks[i % 4] : of('--accent'), borderWidth: lines ? 2 : 0, pointRadius: 3, maxBarThickness: 56, tension: 0 };
      }) },
      options: {
        animation: false, maintainAspectRatio: false,
        onClick: function (_, hit) { if (hit[0] && data.links && data.links[hit[0].index]) window.location.href = data.links[hit[0].index]; }, layout: { padding: { top: 20, right: lines ? 120 : 8 } },
        scales: { x: { grid: { display: false }, border: { color: of('--line-strong') }, ticks: { color: of('--second') } },
                  y: { beginAtZero: true, grid: { color: of('--line') }, ticks: { color: of('--second'), maxTicksLimit: 5, callback: said } } },
        plugins: { legend: { display: false }, tooltip: { callbacks: { label: function (x) { return x.dataset.label + ' ' + x.formattedValue + (data.unit || ''); } } } }
      }
    });
  }

  function weigh(form, all) {
    var inputs = all('[data-weight]', form), note = form.querySelector('[data-weights-note]'), said = note && note.textContent;
    if (note) note.setAttribute('role', 'status');
    inputs.forEach(function (x) {
      var out = document.createElement('output'); out.textContent = x.value;
      x.type = 'range'; x.parentNode.appendChild(out);
      x.addEventListener('input', function () { out.textContent = x.value; order(); });
    });
    var lists = all('[data-group] .candidates').map(function (ol) { return { ol: ol, was: all('[data-candidate]', ol).map(keep) }; });
    function keep(li) {
      return { li: li, score: text(li, '[data-score]'), grade: text(li, '[data-grade]'), label: li.querySelector('.grade').lastChild.textContent, cls: li.querySelector('.grade').className,
        rank: text(li, '.rank'), factors: all('[data-factor]', li).map(function (f) { return { code: f.dataset.factor, value: f.dataset.value, w: f.querySelector('[data-w]'), was: f.querySelector('[data-w]').textContent }; }) };
    }
    function text(n, s) { var x = n.querySelector(s); return x ? x.textContent : ''; }
    function order() {
      var w = {}, changed = false;
      inputs.forEach(function (x) { w[x.dataset.weight] = +x.value; if (x.value !== x.defaultValue) changed = true; });
      lists.forEach(function (l) {
        var scored = l.was.map(function (c, i) {
          var sum = 0, known = 0, total = 0;
          c.factors.forEach(function (f) {
            var x = f.code in w ? w[f.code] : +f.was; total += x;
            f.w.textContent = changed ? x : f.was;
            if (f.value !== undefined) { sum += x * f.value; known += x; }
          });
          return { c: c, i: i, s: known ? sum / known : -1, full: total ? known / total : 0 };
        });
        if (changed) scored.sort(function (a, b) { return b.s - a.s || b.full - a.full || a.i - b.i; });
        scored.forEach(function (x, k) {
          var c = x.c, g = c.li.querySelector('.grade'), n = Math.floor(x.s + .5);
          var grade = x.s < 0 ? '–' : n >= 80 && x.full >= .6 ? 'A' : n >= 65 ? 'B' : n >= 50 ? 'C' : '–';
          c.li.querySelector('[data-score]').textContent = changed ? (x.s < 0 ? '–' : n) : c.score;
          c.li.querySelector('[data-grade]').textContent = changed ? grade : c.grade;
          g.lastChild.textContent = changed ? { A: ' 强推荐', B: ' 较合适', C: ' 可考虑', '–': x.s < 0 ? ' 无法评分' : ' 不推荐' }[grade] : c.label;
          g.className = changed ? 'grade grade-' + grade : c.cls;
          c.li.querySelector('.rank').textContent = changed ? k + 1 : c.rank;
          if (l.ol.children[k] !== c.li) { l.ol.insertBefore(c.li, l.ol.children[k] || null); c.li.classList.remove('moved'); void c.li.offsetWidth; c.li.classList.add('moved'); }
        });
      });
      if (note) note.textContent = changed ? '已按您的权重临时排序，只有您看得到；按“按这些权重重排”可得到能转发的地址。' : said;
    }
  }
})();
