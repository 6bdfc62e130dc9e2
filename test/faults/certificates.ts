import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Certificates of a relay on 127.0.0.1 that LungDesk must not accept. */
export type BadCertificate = 'expired' | 'self-signed' | 'wrong-host' | 'unknown-authority';

/** Key, certificate, and the authority that LungDesk is told to trust, PEM; null where it is told of none. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
  readonly trusted: string | null;
}

/** Whether certificates can be made on this machine. */
export function hasOpenssl(): boolean {
  return spawnSync('openssl', ['version']).status === 0;
}

/**
 * Makes the bad certificates with openssl.
 *
 * @param folder - Empty.
 */
export function makeCertificates(folder: string): Readonly<Record<BadCertificate, Certificate>> {
  const openssl = (...args: readonly string[]): void => { execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' }); };
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Clinic CA');
  // 'openssl x509' cannot set a past date on older versions; 'openssl ca' can on all.
  const authority = '[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\npolicy=p\nemail_in_dn=no\nunique_subject=no\n[p]\ncommonName=supplied\n';
  writeFileSync(join(folder, 'ca.cnf'), authority);
  writeFileSync(join(folder, 'index.txt'), '');
  writeFileSync(join(folder, 'serial'), '1000\n');
  function issue(name: string, host: string, ...validity: readonly string[]): void {
    writeFileSync(join(folder, `${name}.ext`), `subjectAltName=${host}\n`);
    openssl('req', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', '/CN=test');
    openssl('ca', '-batch', '-config', 'ca.cnf', '-cert', 'ca.pem', '-keyfile', 'ca.key', '-in', `${name}.csr`, '-out', `${name}.pem`, '-notext', '-extfile', `${name}.ext`, ...validity);
  }
  issue('expired', 'IP:127.0.0.1', '-startdate', '20200101000000Z', '-enddate', '20200102000000Z');
  issue('wrong-host', 'DNS:relay.example', '-days', '2');
  issue('good', 'IP:127.0.0.1', '-days', '2');
  openssl('req', '-x509', ...newKey, '-keyout', 'self.key', '-out', 'self.pem', '-days', '2', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1');
  const trusted = read('ca.pem');
  return {
    'expired': { key: read('expired.key'), cert: read('expired.pem'), trusted },
    'wrong-host': { key: read('wrong-host.key'), cert: read('wrong-host.pem'), trusted },
    'unknown-authority': { key: read('good.key'), cert: read('good.pem'), trusted: null },
    'self-signed': { key: read('self.key'), cert: read('self.pem'), trusted },
  };
}
