'use strict';
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const one = (selector, from = document) => from.querySelector(selector);
  const form = one('.filters'), panel = one('#panel');
  for (const it of all('.filters, .tools')) it.hidden = false;

  // Filters: rows by body, year and result, columns by rule and severity.
  const tables = all('table.matrix').map(table => ({
    table, columns: all('.rules th', table), totals: all('.totals td', table), bodies: all('tbody', table),
    groups: all('.laws [colspan], .clauses [colspan]', table).map(it => ({ it, span: it.colSpan, row: it.parentNode })),
  }));
  const rows = tables.flatMap(({ table, columns }) => all('tr[data-r]', table).map(row => (
    { row, columns, detail: document.getElementById(row.dataset.r), cells: all('td.m', row) }
  )));
  const value = id => one('#f-' + id).value.trim();
  const filter = () => {
    const body = value('body'), year = value('year'), rule = value('rule'), severity = value('severity'), failed = one('#f-failed').checked;
    const keeps = th => (!rule || th.dataset.c === rule) && (!severity || th.classList.contains(severity));
    for (const { columns, totals, groups } of tables) {
      const kept = columns.map(keeps);
      kept.forEach((keep, column) => { columns[column].hidden = totals[column].hidden = !keep; });
      let at = 0, row = null;
      for (const group of groups) {
        if (group.row !== row) { row = group.row; at = 0; }
        const count = kept.slice(at, at += group.span).filter(Boolean).length;
        group.it.hidden = !count;
        group.it.colSpan = count || 1;
      }
    }
    let n = 0;
    const seen = new Set();
    const narrowed = rule || severity;
    const faulty = new Set();
    for (const { row, columns, cells } of rows) {
      cells.forEach((cell, at) => {
        cell.hidden = columns[at].hidden;
        if (!cell.hidden && /error|warning|advice/.test(cell.className)) faulty.add(row.dataset.r);
      });
    }
    for (const { row, detail } of rows) {
      const bad = narrowed ? faulty.has(row.dataset.r) : 'failed' in row.dataset;
      row.hidden = (body && !row.dataset.body.includes(body)) || (year && row.dataset.year !== year) || (failed && !bad) || false;
      if (detail) detail.hidden = row.hidden;
      if (!row.hidden && !seen.has(row.dataset.r)) { seen.add(row.dataset.r); n += 1; }
    }
    for (const { bodies } of tables) for (const it of bodies) it.hidden = all('tr[data-r]', it).every(row => row.hidden);
    const count = one('#f-count');
    const total = new Set(rows.map(it => it.row.dataset.r)).size;
    count.textContent = count.dataset.of.replace('{n}', n).replace('{all}', total);
  };
  if (form) {
    form.addEventListener('input', filter);
    form.addEventListener('reset', () => setTimeout(filter));
    form.addEventListener('submit', event => event.preventDefault());
    filter();
  }

  // A cell opens its ground beside the matrix, where there is one.
  let from = null;
  const close = () => {
    if (!panel.open) return;
    panel.close();
    all('tr.at').forEach(it => it.classList.remove('at'));
    from?.focus();
  };
  const open = link => {
    const target = document.getElementById(link.hash.slice(1));
    if (!target) return false;
    const row = link.closest('tr'), copy = target.cloneNode(true);
    copy.removeAttribute('id');
    one('#panel-title').textContent = one('summary h3', target.closest('.report')).textContent;
    one('.body', panel).replaceChildren(copy);
    all('tr.at').forEach(it => it.classList.remove('at'));
    row.classList.add('at');
    from = link;
    if (!panel.open) panel.show();
    panel.scrollTop = 0;
    one('[data-close]').focus();
    return true;
  };
  one('[data-close]')?.addEventListener('click', close);
  document.addEventListener('keydown', event => { if (event.key === 'Escape') close(); });
  panel?.addEventListener('click', event => { if (event.target.closest('a')) { from = null; close(); } });

  // In the matrix the arrow keys go from cell to cell, and Tab goes on.
  const links = rows.map(({ row }) => all('td.m a', row));
  links.flat().forEach((it, at) => { it.tabIndex = at ? -1 : 0; });
  const go = link => {
    if (!link) return;
    all('td.m a[tabindex="0"]').forEach(it => { it.tabIndex = -1; });
    link.tabIndex = 0;
    link.focus();
  };
  for (const table of all('table.matrix')) {
    table.addEventListener('click', event => {
      const link = event.target.closest('td.m a');
      if (!link) return;
      go(link);
      if (open(link)) event.preventDefault();
    });
    table.addEventListener('keydown', event => {
      const cell = event.target.closest('td.m');
      if (!cell) return;
      const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
      if (!step) return;
      event.preventDefault();
      const line = all('tr[data-r]', table).filter(it => !it.hidden);
      const column = [...cell.parentNode.cells].indexOf(cell);
      let row = line.indexOf(cell.parentNode), next = column, to = cell;
      do {
        row += step[0];
        next += step[1];
        to = line[row]?.cells[next];
      } while (to && (to.hidden || !one('a', to)));
      if (to?.classList.contains('m')) go(one('a', to));
    });
  }

  // Links lead into folded parts too, also in browsers that do not open them.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let it = target; it; it = it.parentElement) if (it.tagName === 'DETAILS') it.open = true;
    target?.scrollIntoView();
  };
  addEventListener('hashchange', reveal);
  if (location.hash) reveal();

  for (const button of all('[data-open]')) {
    button.addEventListener('click', () => {
      for (const it of all('details.report')) it.open = button.dataset.open === 'all' || (button.dataset.open === 'failed' && 'failed' in it.dataset);
    });
  }
})();
