// Drives the page of acrx-runner in Chromium: node page.js open|users URL REGISTRY CONTEXT.tar.gz [FOLDER for pictures]
'use strict';
const assert = require('node:assert');
const crypto = require('node:crypto');
const fs = require('node:fs');
const { chromium } = require('playwright-core');

const [part, url, registry, archive, pictures] = process.argv.slice(2);
const token = part === 'users' ? 'owner-token-000000' : '';
const markup = '<img src=x onerror="window.broken = 1">';
const encode = (text) => Buffer.from(text).toString('base64');
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

async function arm(method, path, body) {
  const home = '/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/acrx';
  const place = `${url}${home}/${path}?api-version=2019-06-01-preview`;
  const answer = await fetch(place, { method, body: body && JSON.stringify(body), headers: token ? { Authorization: `Bearer ${token}` } : {} });
  const text = await answer.text();
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : {};
}
const start = async (task) => (await arm('POST', 'scheduleRun', { type: 'TaskRunRequest', taskId: task })).name;
async function endOf(run) {
  for (let i = 0; i < 600; ++i) {
    const { status } = (await arm('GET', `runs/${run}`)).properties;
    if (!['Queued', 'Started', 'Running'].includes(status)) return status;
    await sleep(50);
  }
  throw new Error(`the run ${run} does not end`);
}

/** Tells the runner of a commit, as GitHub does. @return the run of it */
async function push(commit) {
  const body = JSON.stringify({
    ref: 'refs/heads/main', before: '0'.repeat(40), after: commit, created: false, deleted: false, sender: { login: 'olga' },
    repository: { clone_url: 'https://git.example/team/web.git', html_url: 'https://git.example/team/web', default_branch: 'main' },
    commits: [{ id: commit, added: [], removed: [], modified: ['index.html'] }], head_commit: { id: commit },
  });
  const signature = `sha256=${crypto.createHmac('sha256', 'secret').update(body).digest('hex')}`;
  const answer = await fetch(`${url}/hooks/git/github`, { method: 'POST', body,
    headers: { 'Content-Type': 'application/json', 'X-GitHub-Event': 'push', 'X-GitHub-Delivery': commit, 'X-Hub-Signature-256': signature } });
  return (await answer.json()).runs[0];
}

/** Tasks with each kind of step and trigger, and some runs. */
async function prepare() {
  const slot = await arm('POST', 'listBuildSourceUploadUrl');
  await fetch(slot.uploadUrl, { method: 'PUT', body: fs.readFileSync(archive), headers: { 'x-ms-blob-type': 'BlockBlob' } });
  const contextPath = slot.relativePath;
  const values = [{ name: 'REGISTRY', value: registry }];
  const docker = (file, image) => ({ type: 'Docker', contextPath, dockerFilePath: file, imageNames: [`${registry}/${image}`], arguments: values });
  const build = (file, name) => `--no-cache -t ${registry}/${name}:$ID --build-arg REGISTRY=${registry} -f ${file} .`;
  const text = (steps) => ({ type: 'EncodedTask', contextPath, encodedTaskContent: encode(`version: v1.1.0\nsteps:\n${steps}`) });
  await arm('PUT', 'tasks/base-image', { properties: { step: docker('base.Dockerfile', 'base:1') } });
  assert.strictEqual(await endOf(await start('base-image')), 'Succeeded');
  await arm('PUT', 'tasks/website', { tags: { note: markup }, properties: { step: docker('quick.Dockerfile', 'website:{{.Run.ID}}'), trigger: {
    baseImageTrigger: { name: 'base', baseImageTriggerType: 'Runtime' },
    timerTriggers: [{ name: markup, schedule: '0 2 * * *' }],
    sourceTriggers: ['main', markup].map((branch) => ({ name: branch, sourceTriggerEvents: ['commit'], webhookSecret: 'secret',
      sourceRepository: { sourceControlType: 'Github', repositoryUrl: 'https://git.example/team/web.git', branch } })) } } });
  const pipeline = text(`  - {id: compile, build: '${build('slow.Dockerfile', 'app')}', when: ['-']}\n`
    + `  - {id: lint, build: '${build('quick.Dockerfile', 'lint')}', when: ['-']}\n`
    + `  - {id: publish, push: ['${registry}/app:$ID'], when: [compile, lint]}\n`);
  const hourly = { timerTriggers: [{ name: 'hourly', schedule: '15 * * * *' }] };
  await arm('PUT', 'tasks/pipeline', { properties: { step: pipeline, trigger: hourly } });
  await arm('PUT', 'tasks/broken', { properties: { step: text('  - {id: fails, build: -f none.Dockerfile .}\n  - {id: never, push: [a]}\n') } });
  assert.strictEqual(await endOf(await start('website')), 'Succeeded');
  assert.strictEqual(await endOf(await start('broken')), 'Failed');
}

/** A page that tells what it should not do. */
async function open(browser, options = {}) {
  const page = await browser.newPage({ ignoreHTTPSErrors: true, viewport: { width: 1200, height: 600 }, colorScheme: 'light', ...options });
  page.setDefaultTimeout(15_000);
  page.errors = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && page.errors.push(message.text()));
  page.on('pageerror', (error) => page.errors.push(String(error.stack)));
  page.on('request', (request) => new URL(request.url()).origin === url || page.errors.push(`asked ${request.url()}`));
  page.on('dialog', (dialog) => dialog.accept());
  return page;
}
const go = (page, place) => page.goto(`${url}/#${place}`);
const rows = (page, name) => page.getByRole('table', { name }).locator('tbody tr');
const picture = async (page, name) => pictures && page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
async function until(what, check) {
  for (let i = 0; i < 150; ++i) {
    if (await check()) return;
    await sleep(100);
  }
  assert.fail(`never: ${what}`);
}

async function listsRunsAndFilters(page) {
  await go(page, '/');
  await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
  await until('three runs', async () => (await rows(page, 'Runs').count()) === 3);
  await picture(page, 'runs');
  await page.getByLabel('Status').selectOption('Failed');
  await until('one failed run', async () => (await rows(page, 'Runs').count()) === 1);
  assert.match(page.url(), /status=Failed/);
  assert.match(await rows(page, 'Runs').innerText(), /Failed\s+ca3\s+broken\s+Manual/);
  await page.reload();
  await until('the filter in the address', async () => (await rows(page, 'Runs').count()) === 1);
  assert.strictEqual(await page.getByLabel('Status').inputValue(), 'Failed');
  await page.getByRole('link', { name: 'Clear' }).click();
  await page.getByLabel('Search').fill('WEBSITE');
  await until('one run of the website', async () => (await rows(page, 'Runs').count()) === 1);
  await page.getByText('1 of 3 runs').waitFor();
  await page.getByLabel('Search').fill('no such run');
  await page.getByText('No run fits.').waitFor();
}

async function listsTasksAndTriggers(page) {
  await page.getByRole('link', { name: 'Tasks' }).click();
  await until('four tasks', async () => (await rows(page, 'Tasks').count()) === 4);
  assert.strictEqual(await page.title(), 'Tasks - acrx-runner');
  const button = await page.getByRole('button', { name: 'Run website' }).boundingBox();
  const frame = await page.locator('.wide').boundingBox();
  assert.ok(button.x + button.width < frame.x + frame.width, 'the table is too wide for its buttons');
  await picture(page, 'tasks');
  await page.getByLabel('Trigger').selectOption('base image');
  await until('one task on a base image', async () => (await rows(page, 'Tasks').count()) === 1);
  await page.getByRole('link', { name: 'website', exact: true }).click();
  await page.getByRole('heading', { name: 'website' }).waitFor();
  assert.match(await page.locator('dl').innerText(), new RegExp(`Stands on\\s+${registry}/base:1`));
  await until('four triggers', async () => (await rows(page, 'Triggers').count()) === 4);
  await page.getByRole('link', { name: 'Triggers' }).click();
  const drawn = await page.getByRole('img', { name: /^What triggers what/ }).getAttribute('aria-label');
  assert.ok(drawn.includes(`${registry}/base:1`) && drawn.includes('website') && drawn.includes('base-image'), drawn);
  assert.match(await rows(page, 'Base images').innerText(), /base:1\s+sha256:\w{12}\s+base-image\s+website/);
  const hourly = rows(page, 'Next timer ticks').filter({ hasText: 'hourly' }).first();
  assert.match(await hourly.innerText(), /^(now|in (an|\d+) (hour|minute|second)s?)\s.*pipeline\s+hourly\s+15 \* \* \* \*/s);
  await picture(page, 'triggers');
}

async function stepWord(page, step) {
  const said = await page.getByRole('img', { name: /^Step graph/ }).getAttribute('aria-label');
  return said.match(new RegExp(`${step}: (\\w+)`))[1];
}

/** From the button that starts a run to its end, without a reload. */
async function watchesARun(page) {
  await go(page, '/tasks');
  await page.getByRole('button', { name: 'Run pipeline' }).click();
  await page.getByRole('heading', { name: 'Run ca4' }).waitFor();
  const log = page.getByRole('log', { name: 'Log of ca4' });
  await log.getByText('line 2 of 24').waitFor();
  assert.strictEqual(await stepWord(page, 'compile'), 'running');
  assert.strictEqual(await stepWord(page, 'publish'), 'waiting');
  assert.strictEqual(await log.getByText('line 20 of 24').count(), 0);
  await until('lint succeeds', async () => (await stepWord(page, 'lint')) === 'succeeded');
  assert.strictEqual(await stepWord(page, 'compile'), 'running');
  await picture(page, 'running');
  await until('the log is long', () => log.evaluate((element) => element.scrollHeight - element.clientHeight > 40));
  await log.evaluate((element) => (element.scrollTop = 0));
  const follow = page.getByRole('button', { name: 'Follow' });
  await until('it follows no more', async () => (await follow.getAttribute('aria-pressed')) === 'false');
  await follow.click();
  await log.getByText('line 20 of 24').waitFor();
  assert.ok(await log.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight < 30));
  await page.getByRole('status').filter({ hasText: 'Succeeded' }).first().waitFor();
  await until('all is published', async () => (await stepWord(page, 'publish')) === 'succeeded');
  await log.getByText('Run ID: ca4 was successful').waitFor();
  await page.getByRole('combobox', { name: 'Step' }).selectOption('lint');
  await until('the lines of lint alone', async () => !/compile/.test(await log.innerText()));
  assert.match(await log.innerText(), /^lint /);
  assert.match(page.url(), /step=lint/);
}

async function cancelsARun(page) {
  await page.getByRole('button', { name: 'Run again' }).click();
  await page.getByRole('heading', { name: 'Run ca5' }).waitFor();
  await page.getByRole('log').getByText('line 1 of 24').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('status').filter({ hasText: 'Canceled' }).first().waitFor();
  await until('the step stops', async () => /canceled|stopped/.test(await stepWord(page, 'compile')));
}

async function tellsWhichCommitStartedARun(page) {
  const commit = `c0ffee${'0'.repeat(34)}`;
  const run = await push(commit);
  await endOf(run);
  await go(page, `/runs?q=${commit}`);
  await until('its run', async () => (await rows(page, 'Runs').count()) === 1);
  assert.match(await rows(page, 'Runs').innerText(), new RegExp(`${run}\\s+website\\s+Commit c0ffee0 on main`));
  await page.getByRole('link', { name: run }).click();
  await page.getByText(commit).waitFor();
  assert.strictEqual(await page.getByRole('link', { name: 'https://git.example/team/web.git' }).count(), 1);
  await picture(page, 'commit');
}

/** Tab and Enter alone, from the beginning of the page to the log of a run, with a visible focus everywhere. */
async function worksByKeyboard(page) {
  await go(page, '/runs?q=ca2');
  await page.reload();
  await until('the run', async () => (await rows(page, 'Runs').count()) === 1);
  const focused = () => page.evaluate(() => {
    const { activeElement: element } = document;
    const text = element.innerText || element.getAttribute('aria-label') || '';
    return { text, role: element.getAttribute('role'), outline: getComputedStyle(element).outlineStyle };
  });
  const tabTo = async (isThere) => {
    const passed = [];
    for (let i = 0; i < 40; ++i) {
      await page.keyboard.press('Tab');
      const now = await focused();
      passed.push(now.text);
      assert.notStrictEqual(now.outline, 'none', `no visible focus on ${JSON.stringify(now)}`);
      if (isThere(now)) return passed;
    }
    return assert.fail(`Tab does not lead there, but to ${passed}`);
  };
  const passed = await tabTo((now) => now.text === 'ca2');
  assert.deepStrictEqual(passed.slice(0, 5), ['Skip to the content', 'acrx-runner', 'Runs', 'Tasks', 'Triggers']);
  await page.keyboard.press('Enter');
  await page.getByRole('log').waitFor();
  assert.strictEqual((await focused()).text, 'Run ca2');
  await tabTo((now) => now.role === 'log');
  await page.getByRole('log').getByText('successful').first().waitFor();
  await sleep(1500);  // drawn anew meanwhile
  assert.strictEqual((await focused()).role, 'log');
  await page.keyboard.press('Shift+Tab');
  assert.notStrictEqual((await focused()).role, 'log');
}

async function namesItsParts(page) {
  await go(page, '/runs/ca3');
  await page.getByText('none.Dockerfile').first().waitFor();
  const tree = await page.locator('body').ariaSnapshot();
  for (const part of ['- banner:', '- navigation "Parts":', '- main:', '- heading "Run ca3" [level=1]', '- region "Steps":', '- region "Log":',
    '- log "Log of ca3"', '- status: Failed', '- searchbox "Find"', '- combobox "Step"', 'img "Step graph: fails: failed'])
    assert.ok(tree.includes(part), `${part} is not in\n${tree}`);
  await page.getByText('As a table').click();
  await sleep(1500);  // drawn anew meanwhile
  assert.match(await rows(page, 'Steps').last().innerText(), /not reached\s+never\s+push\s+fails/);
}

/** Texts that are too faint for WCAG 2.2 AA, as `ratio text`. */
const faintTexts = (page) => page.evaluate(() => {
  const channel = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const numbers = (color) => (color.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const light = (color) => { const [r, g, b] = numbers(color); return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b); };
  const ground = (element) => { for (let each = element; each; each = each.parentElement) { const color = getComputedStyle(each).backgroundColor;
    if ((numbers(color)[3] ?? 1) === 1) return color; } return 'rgb(255, 255, 255)'; };
  return [...document.querySelectorAll('body *')].filter((each) => !each.closest('svg') && each.checkVisibility()
    && [...each.childNodes].some((child) => child.nodeType === 3 && child.data.trim())).map((each) => {
    const [a, b] = [light(getComputedStyle(each).color), light(ground(each))].sort((x, y) => y - x);
    return [(a + 0.05) / (b + 0.05), each.textContent];
  }).filter(([ratio]) => ratio < 4.5).map(([ratio, text]) => `${ratio.toFixed(2)} ${text}`);
});

async function isDarkAndLight(page) {
  for (const place of ['/runs', '/tasks', '/runs/ca3']) {
    await go(page, place);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await sleep(300);
    const seen = [];
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      assert.deepStrictEqual(await faintTexts(page), [], `${place}, ${colorScheme}`);
      await picture(page, `${place.slice(1).replace('/', '-')}-${colorScheme}`);
      seen.push(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), await page.screenshot());
    }
    assert.notStrictEqual(seen[0], seen[2]);
    assert.ok(!seen[1].equals(seen[3]));
  }
}

async function outlivesALostConnection(page) {
  await go(page, '/runs');
  await until('the runs', async () => (await rows(page, 'Runs').count()) > 3);
  const before = page.errors.length;
  await page.context().setOffline(true);
  await page.getByText('Not connected, trying again').waitFor();
  assert.ok((await rows(page, 'Runs').count()) > 3);
  await page.context().setOffline(false);
  await until('it is connected again', async () => (await page.locator('#connection').innerText()) === '');
  assert.ok(page.errors.splice(before).every((text) => text.includes('ERR_INTERNET_DISCONNECTED')));
}

async function showsMarkupAsText(page) {
  const typed = encodeURIComponent(markup);
  for (const place of ['/tasks', '/tasks/website', '/triggers', '/runs/ca2', `/runs/${typed}`, `/runs?task=${typed}&q=${typed}`]) {
    await go(page, place);
    await page.getByText('onerror').first().waitFor({ state: 'attached' });
    assert.strictEqual(await page.locator('main img').count(), 0, place);
    assert.strictEqual(await page.locator('script').count(), 1, place);
  }
  assert.strictEqual(await page.evaluate(() => window.broken), undefined);
  const policy = await page.evaluate(() => fetch('/').then((answer) => answer.headers.get('Content-Security-Policy')));
  assert.match(policy, /^default-src 'none'; script-src 'self';/);
}

async function fitsATelephone(browser) {
  const page = await open(browser, { viewport: { width: 360, height: 740 } });
  for (const place of ['/runs', '/tasks', '/triggers', '/runs/ca4']) {
    await go(page, place);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await sleep(300);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    await picture(page, `small-${place.slice(1).replace('/', '-')}`);
    assert.ok(width <= 360, `${place} is ${width} wide`);
  }
  assert.deepStrictEqual(page.errors, []);
  await page.close();
}

async function signsIn(page) {
  const isRefusal = (text) => /status of 40[13]/.test(text);
  await go(page, '/runs');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await picture(page, 'sign-in');
  await page.getByLabel('Token').fill('wrong-token-000000');
  await page.keyboard.press('Enter');
  await page.getByText('does not know this token').waitFor();
  await page.getByLabel('Token').fill('reader-token-00000');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await until('three runs', async () => (await rows(page, 'Runs').count()) === 3);
  assert.match(await rows(page, 'Runs').first().innerText(), /Manual, by olga/);
  assert.strictEqual(await page.evaluate(() => sessionStorage.getItem('token')), 'reader-token-00000');
  assert.strictEqual(await page.evaluate(() => localStorage.length + document.cookie.length), 0);
  await page.getByRole('link', { name: 'ca2' }).click();
  await page.getByRole('log').getByText('successful').first().waitFor();
  await go(page, '/tasks');
  await page.getByRole('button', { name: 'Run website' }).click();
  await page.getByRole('alert').filter({ hasText: 'needs the role' }).waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.deepStrictEqual(page.errors.filter((text) => !isRefusal(text)), []);
}

(async () => {
  await prepare();
  const asRoot = process.getuid() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--disable-gpu', ...asRoot] });
  try {
    const page = await open(browser);
    const parts = part === 'users' ? [signsIn]
      : [listsRunsAndFilters, listsTasksAndTriggers, watchesARun, cancelsARun, tellsWhichCommitStartedARun,
        worksByKeyboard, namesItsParts, isDarkAndLight, outlivesALostConnection, showsMarkupAsText];
    for (const each of parts) {
      const begun = Date.now();
      await each(page);
      console.log(`${each.name}: ${Date.now() - begun} ms`);
    }
    if (part === 'users') return;
    assert.deepStrictEqual(page.errors.filter((text) => !/status of 404/.test(text)), []);
    await fitsATelephone(browser);
  } finally {
    await browser.close();
  }
})().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
