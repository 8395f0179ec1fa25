// Opens the HTML report in a browser and tries it as a reader would; used by .ci/validators.
// node page.mjs PLAYWRIGHT CHROMIUM PAGE OUT
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [, , playwright, chromium, page, out] = process.argv;
const { chromium: browser } = createRequire(import.meta.url)(playwright);
const url = pathToFileURL(page).href;
const check = (holds, told) => { if (!holds) { console.error(`FAILED: ${told}`); process.exitCode = 1; } };

const open = await browser.launch({ executablePath: chromium, args: ['--no-sandbox'] });

/** A page on which nothing may go wrong and nothing may be fetched. */
async function visit(options) {
  const context = await open.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const it = await context.newPage();
  it.on('pageerror', why => check(false, `script: ${why}`));
  it.on('console', said => check(said.type() !== 'error', `console: ${said.text()}`));
  it.on('dialog', () => check(false, 'a dialog: text of a report was run'));
  it.on('request', request => check(request.url() === url || request.url().startsWith(`${url}#`), `fetched ${request.url()}`));
  await it.goto(url);
  return it;
}

const visible = (it, selector) => it.locator(selector).filter({ visible: true }).count();

const wide = await visit({});
await wide.screenshot({ path: `${out}/wide.png`, fullPage: true });
const rows = await visible(wide, 'tr[data-r]');
check(rows > 5, 'the matrix has rows');
check(await wide.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'the wide page does not scroll sideways');

// A cell opens its ground beside the matrix; Escape leads back to the cell.
const cell = wide.locator('td.m.error a').first();
await cell.click();
check(await wide.locator('#panel').isVisible(), 'the panel opens');
check(await wide.locator('#panel mark').count() > 0, 'the panel marks the words');
await wide.screenshot({ path: `${out}/panel.png` });
await wide.keyboard.press('Escape');
check(!(await wide.locator('#panel').isVisible()), 'Escape closes the panel');
check(await cell.evaluate(it => it === document.activeElement), 'the focus comes back');
await wide.keyboard.press('ArrowDown');
check(await wide.evaluate(() => document.activeElement.closest('td.m') !== null), 'arrows go from cell to cell');
await wide.keyboard.press('Enter');
check(await wide.locator('#panel').isVisible(), 'Enter opens the panel');
await wide.keyboard.press('Escape');
check(await wide.locator('td.m a[tabindex="0"]').count() === 1, 'one cell takes the focus from Tab');
check(await wide.locator('td.pass a').first().evaluate(it => document.querySelector(it.hash) !== null), 'a pass has its ground');

// Filters.
const year = await wide.locator('#f-year option').nth(1).getAttribute('value');
await wide.selectOption('#f-year', year);
const ofYear = await visible(wide, 'tr[data-r]');
check(ofYear > 0 && ofYear < rows, 'the filter by year leaves some');
check(await visible(wide, `tr[data-r]:not([data-year="${year}"])`) === 0, 'and those of the year alone');
check((await wide.locator('#f-count').textContent()).includes(String(ofYear)), 'the count is told');
await wide.locator('.filters button[type=reset]').click();
await wide.waitForFunction(all => [...document.querySelectorAll('tr[data-r]')].filter(it => !it.hidden).length === all, rows);
await wide.check('#f-failed');
check(await visible(wide, 'tr[data-r]:not([data-failed])') === 0, 'only failures are left');
await wide.uncheck('#f-failed');
await wide.selectOption('#f-severity', 'error');
check(await visible(wide, '.rules th.warning') === 0 && await visible(wide, '.rules th.error') > 0, 'columns by severity');
check(await visible(wide, 'td.m.warning') === 0, 'and their cells');
const aligned = await wide.evaluate(() => {
  const heads = [...document.querySelectorAll('.rules th')].filter(it => !it.hidden), cells = [...document.querySelector('tr[data-r]').querySelectorAll('td.m')].filter(it => !it.hidden);
  return heads.length === cells.length && heads.every((it, at) => Math.abs(it.getBoundingClientRect().left - cells[at].getBoundingClientRect().left) < 1);
});
check(aligned, 'cells stand under their rule');
await wide.selectOption('#f-severity', '');
await wide.selectOption('#f-rule', { index: 1 });
check(await visible(wide, '.rules th') === 1, 'one rule is left');
await wide.selectOption('#f-rule', '');
const body = await wide.locator('tr[data-r]').first().getAttribute('data-body');
if (body) {
  await wide.fill('#f-body', body);
  check(await visible(wide, 'tr[data-r]') >= 1 && await visible(wide, 'tr[data-r]') < rows, 'the filter by body leaves some');
  await wide.fill('#f-body', '');
}
await wide.locator('[data-open=failed]').click();
check(await wide.locator('details.report[open]').count() > 0, 'reports that fail are opened');
await wide.locator('[data-open=none]').click();
check(await wide.locator('details.report[open]').count() === 0, 'and closed');

// Contrast of all text that is shown.
const faint = await wide.evaluate(() => {
  const channel = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const parse = text => text.match(/[\d.]+/g).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ground = it => { for (; it; it = it.parentElement) { const c = parse(getComputedStyle(it).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
  const bad = new Set();
  for (const it of document.querySelectorAll('body *')) {
    if (![...it.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || !it.checkVisibility()) continue;
    if (it.namespaceURI.endsWith('svg')) continue;
    const [one, other] = [light(parse(getComputedStyle(it).color)), light(ground(it))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < 4.5) bad.add(`${it.tagName}.${it.className} ${ratio.toFixed(2)}`);
  }
  return [...bad];
});
check(faint.length === 0, `contrast under 4.5: ${faint.join('; ')}`);

// What is open is printed.
await wide.locator('[data-open=failed]').click();
await wide.pdf({ path: `${out}/page.pdf`, preferCSSPageSize: true, printBackground: true });

const phone = await visit({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true });
check(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'the page does not scroll sideways on a phone');
await phone.screenshot({ path: `${out}/phone.png`, fullPage: true });
await phone.locator('td.m.error a').first().tap();
await phone.screenshot({ path: `${out}/phone-panel.png` });

// Without scripts everything is there but the filters, and a cell still leads to its ground.
const plain = await visit({ javaScriptEnabled: false });
check(await visible(plain, '.filters') === 0, 'no filters without scripts');
await plain.locator('td.m.error a').first().click();
await plain.waitForTimeout(200);
check(await visible(plain, 'article:target mark') > 0, 'a cell leads to its ground without scripts');

await open.close();
