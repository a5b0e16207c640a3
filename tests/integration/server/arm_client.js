// Drives acrx-runner with Microsoft's own client: node arm_client.js URL TOKEN CONTEXT.tar.gz
'use strict';
const assert = require('node:assert');
const fs = require('node:fs');
const { ContainerRegistryManagementClient } = require('@azure/arm-containerregistry');
const { AnonymousCredential, BlockBlobClient } = require('@azure/storage-blob');

const [url, token, context] = process.argv.slice(2);
const subscription = '00000000-0000-0000-0000-000000000001';
const credential = { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3600_000 }) };
const client = new ContainerRegistryManagementClient(credential, subscription, {
  endpoint: url, credentialScopes: url + '/.default', retryOptions: { maxRetries: 0 },
});
const at = ['group', 'home'];
const quickly = { updateIntervalInMs: 50 };
const all = async (pages) => { const items = []; for await (const each of pages) items.push(each); return items; };
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

async function upload() {
  const slot = await client.registries.getBuildSourceUploadUrl(...at);
  const answer = await fetch(slot.uploadUrl, { method: 'PUT', body: fs.readFileSync(context), headers: { 'x-ms-blob-type': 'BlockBlob' } });
  assert.strictEqual(answer.status, 201);
  return slot.relativePath;
}

// As the storage client sends larger files: blocks side by side, then their list.
async function uploadInBlocks() {
  const slot = await client.registries.getBuildSourceUploadUrl(...at);
  const blob = new BlockBlobClient(slot.uploadUrl, new AnonymousCredential(), { retryOptions: { maxTries: 1 } });
  await blob.uploadFile(context, { maxSingleShotSize: 1, blockSize: 100, concurrency: 4 });
  return slot.relativePath;
}

async function finished(runId) {
  for (let i = 0; i < 600; ++i) {
    const run = await client.runs.get(...at, runId);
    if (!['Queued', 'Started', 'Running'].includes(run.status)) return run;
    await sleep(50);
  }
  throw new Error(`the run ${runId} does not end`);
}

async function logOf(runId) {
  const { logLink } = await client.runs.getLogSasUrl(...at, runId);
  const answer = await fetch(logLink);
  return { text: await answer.text(), end: answer.headers.get('x-ms-meta-complete') };
}

async function schedule(request) {
  const queued = await client.registries.beginScheduleRunAndWait(...at, request, quickly);
  assert.ok(queued.runId);
  const run = await finished(queued.runId);
  const log = await logOf(run.runId);
  assert.strictEqual(run.status, 'Succeeded', log.text);
  assert.strictEqual(log.end, 'succeeded');
  return run;
}

const encode = (text) => Buffer.from(text).toString('base64');
const build = 'steps:\n  - build: -t app:1 -f Dockerfile .\n';

async function tasks(relativePath) {
  const made = await client.tasks.beginCreateAndWait(...at, 'nightly', {
    location: 'local', tags: { team: 'a' }, platform: { os: 'Linux', architecture: 'amd64' }, agentConfiguration: { cpu: 2 },
    step: { type: 'EncodedTask', encodedTaskContent: encode(build), contextPath: relativePath, values: [{ name: 'key', value: 's3cret', isSecret: true }] },
    trigger: { timerTriggers: [{ name: 'yearly', schedule: '0 0 1 1 *' }] },
  });
  assert.strictEqual(made.provisioningState, 'Succeeded');
  assert.strictEqual(made.step.type, 'EncodedTask');
  assert.ok(made.creationDate instanceof Date);
  assert.strictEqual(made.step.values[0].value, undefined);
  const changed = await client.tasks.beginUpdateAndWait(...at, 'nightly', { status: 'Disabled', timeout: 900, tags: { team: 'b' } });
  assert.deepStrictEqual([changed.status, changed.timeout, changed.tags.team, changed.trigger.timerTriggers[0].name], ['Disabled', 900, 'b', 'yearly']);
  const details = await client.tasks.getDetails(...at, 'nightly');
  assert.strictEqual(details.step.values[0].value, 's3cret');
  assert.deepStrictEqual((await all(client.tasks.list(...at))).map((t) => t.name), ['nightly']);
  await assert.rejects(client.tasks.get(...at, 'missing'), (e) => e.statusCode === 404 && e.code === 'ResourceNotFound');
  await assert.rejects(client.tasks.beginCreateAndWait(...at, 'wrong', { location: 'x', timeout: 300, step: { type: 'EncodedTask', encodedTaskContent: '*' } }),
    (e) => e.statusCode === 400 && e.code === 'InvalidParameter');
}

async function runs(relativePath) {
  const common = { platform: { os: 'Linux' }, sourceLocation: relativePath };
  const kinds = [
    await schedule({ type: 'DockerBuildRequest', dockerFilePath: 'Dockerfile', imageNames: ['app:{{.Run.ID}}'], isPushEnabled: false, ...common }),
    await schedule({ type: 'FileTaskRunRequest', taskFilePath: 'acb.yaml', ...common }),
    await schedule({ type: 'EncodedTaskRunRequest', encodedTaskContent: encode(build), ...common }),
    await schedule({ type: 'TaskRunRequest', taskId: `/subscriptions/${subscription}/resourceGroups/group/providers/Microsoft.ContainerRegistry/registries/home/tasks/nightly` }),
  ];
  assert.deepStrictEqual(kinds.map((r) => r.runType), ['QuickBuild', 'QuickRun', 'QuickRun', 'AutoRun']);
  const newestFirst = kinds.map((r) => r.runId).reverse();
  assert.deepStrictEqual((await all(client.runs.list(...at))).map((r) => r.runId), newestFirst);
  assert.deepStrictEqual((await all(client.runs.list(...at, { top: 3 }))).map((r) => r.runId), newestFirst.slice(0, 3));
  assert.deepStrictEqual((await all(client.runs.list(...at, { filter: "TaskName eq 'nightly'" }))).map((r) => r.runId), [newestFirst[0]]);
  assert.deepStrictEqual(await all(client.runs.list(...at, { filter: "Status eq 'Failed' and RunType eq 'QuickRun'" })), []);
  await assert.rejects(all(client.runs.list(...at, { filter: "Colour eq 'red'" })), (e) => e.statusCode === 400);
  const kept = await client.runs.beginUpdateAndWait(...at, newestFirst[0], { isArchiveEnabled: true });
  assert.strictEqual(kept.isArchiveEnabled, true);
}

async function cancel(relativePath) {
  await client.agentPools.beginCreateAndWait(...at, 'closed', { location: 'x', count: 0 });
  const queued = await client.registries.beginScheduleRunAndWait(...at,
    { type: 'DockerBuildRequest', dockerFilePath: 'Dockerfile', platform: { os: 'Linux' }, sourceLocation: relativePath, agentPoolName: 'closed' }, quickly);
  assert.strictEqual((await client.agentPools.getQueueStatus(...at, 'closed')).count, 1);
  await client.runs.beginCancelAndWait(...at, queued.runId, quickly);
  assert.strictEqual((await client.runs.get(...at, queued.runId)).status, 'Canceled');
  await client.agentPools.beginDeleteAndWait(...at, 'closed');
}

async function taskRuns(relativePath) {
  const made = await client.taskRuns.beginCreateAndWait(...at, 'again',
    { runRequest: { type: 'DockerBuildRequest', dockerFilePath: 'Dockerfile', platform: { os: 'Linux' }, sourceLocation: relativePath, isPushEnabled: false } }, quickly);
  assert.strictEqual(made.provisioningState, 'Succeeded');
  assert.strictEqual(made.runResult.status, 'Succeeded');
  assert.strictEqual((await all(client.taskRuns.list(...at))).length, 1);
  await client.taskRuns.beginDeleteAndWait(...at, 'again');
}

async function main() {
  await upload();
  const relativePath = await uploadInBlocks();
  await tasks(relativePath);
  await runs(relativePath);
  await cancel(relativePath);
  await taskRuns(relativePath);
  await client.tasks.beginDeleteAndWait(...at, 'nightly');
  assert.deepStrictEqual(await all(client.tasks.list(...at)), []);
  console.log('all is well');
}

main().catch((e) => { console.error(e); process.exit(1); });
