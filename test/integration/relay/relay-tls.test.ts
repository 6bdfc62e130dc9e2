import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createNodeTransport } from '../../../src-main/relay/node-transport.ts';
import { lookupDeadlines } from '../../../src-main/relay/transport.ts';
import { endlessClock } from './relay-bench.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) process.stderr.write('skipped: openssl is not on this machine, so no test certificates can be made\n');

let folder = '';
const file = (name: string) => join(folder, name);
function openssl(...args: readonly string[]): void {
  execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
}
function issue(name: string, subjectAltName: string, ...validity: readonly string[]): void {
  writeFileSync(file(`${name}.ext`), `subjectAltName=${subjectAltName}\n`);
  openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', '/CN=test');
  openssl('x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-out', `${name}.pem`, '-extfile', `${name}.ext`, ...validity);
}

beforeAll(() => {
  if (!hasOpenssl) return;
  folder = mkdtempSync(join(tmpdir(), 'lungdesk-tls-'));
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Clinic CA');
  issue('good', 'IP:127.0.0.1', '-days', '2');
// 'openssl x509' cannot set a past date on older versions; 'openssl ca' can on all.
  writeFileSync(file('ca.cnf'), '[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nserial=ca.srl\nnew_certs_dir=.\ndefault_md=sha256\npolicy=p\nemail_in_dn=no\n[p]\ncommonName=supplied\n');
  writeFileSync(file('index.txt'), '');
  writeFileSync(file('expired.ext'), 'subjectAltName=IP:127.0.0.1\n');
  openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'expired.key', '-out', 'expired.csr', '-subj', '/CN=test');
  openssl('ca', '-batch', '-config', 'ca.cnf', '-cert', 'ca.pem', '-keyfile', 'ca.key', '-in', 'expired.csr', '-out', 'expired.pem', '-notext',
    '-extfile', 'expired.ext', '-startdate', '20200101000000Z', '-enddate', '20200102000000Z');
  issue('wrong-host', 'DNS:relay.example', '-days', '2');
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'self.key', '-out', 'self.pem', '-days', '2', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1');
});
afterAll(() => { if (hasOpenssl) rmSync(folder, { recursive: true, force: true }); });

async function serve(name: string): Promise<{ readonly url: URL; readonly seen: string[] }> {
  const seen: string[] = [];
  const server = createServer({ key: readFileSync(file(`${name}.key`)), cert: readFileSync(file(`${name}.pem`)) }, (request, response) => {
    seen.push(request.headers.authorization ?? '');
    request.resume();
    response.end('{}');
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  onTestFinished(() => { server.closeAllConnections(); server.close(); });
  return { url: new URL(`https://127.0.0.1:${String((server.address() as AddressInfo).port)}/`), seen };
}
function send(url: URL, extraCertificates: readonly string[]) {
  const transport = createNodeTransport({ clock: endlessClock(), extraCertificates });
  const steps: string[] = [];
  const sending = transport.send({
    method: 'POST', url, headers: { authorization: 'Bearer k' }, body: [], deadlines: lookupDeadlines(), maxBodyBytes: 1000,
    beforeFirstByte: () => { steps.push('row'); return Promise.resolve(); },
  });
  return { sending, steps };
}

describe.skipIf(!hasOpenssl)('createNodeTransport and certificates', () => {
  it.each(['self', 'expired', 'wrong-host', 'good'])('refuses the certificate "%s" before any row or key is sent', async (name) => {
    const { url, seen } = await serve(name);
    const { sending, steps } = send(url, name === 'good' ? [] : [readFileSync(file('ca.pem'), 'utf8')]);
    await expect(sending).rejects.toEqual(expect.objectContaining({ code: 'relay-tls', bytesSent: false }));
    expect([seen, steps]).toEqual([[], []]);
  });
  it('accepts a clinic’s own authority when it is told of it', async () => {
    const { url, seen } = await serve('good');
    const { sending, steps } = send(url, [readFileSync(file('ca.pem'), 'utf8')]);
    expect((await sending).status).toBe(200);
    expect([seen, steps]).toEqual([['Bearer k'], ['row']]);
  });
});
