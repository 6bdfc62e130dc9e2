const LABEL = /^[a-z0-9-]+$/;

/**
 * Turns an address of a custom scheme into the loopback address its handler is served at:
 * app://lungdesk/x?y#z becomes http://lungdesk.app.localhost:PORT/x?y#z. Such hosts are secure contexts and always loopback.
 *
 * @throws {Error} for a scheme or host that cannot be a host name.
 */
export function toLoopbackUrl(appUrl: string, port: number): string {
  const url = new URL(appUrl);
  const scheme = url.protocol.slice(0, -1);
  if (!LABEL.test(scheme) || !url.host.split('.').every((label) => LABEL.test(label))) {
    throw new Error(`chromium-electron: ${scheme}:// with this host cannot be served over loopback`);
  }
  return `http://${url.host}.${scheme}.localhost:${String(port)}${url.pathname}${url.search}${url.hash}`;
}

/** Turns a loopback address on this port back into the custom scheme; other addresses come back unchanged. */
export function toAppUrl(address: string, ports: ReadonlySet<number>): string {
  const match = /^http:\/\/([a-z0-9.-]+)\.([a-z0-9-]+)\.localhost:(\d+)(\/.*)?$/s.exec(address);
  if (match === null || !ports.has(Number(match[3]))) return address;
  return `${match[2] ?? ''}://${match[1] ?? ''}${match[4] ?? '/'}`;
}
