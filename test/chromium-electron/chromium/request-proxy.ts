import { createServer, request as sendRequest } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type * as Electron from 'electron';
import { allSessions } from '../api/session.ts';

/**
 * Starts the loopback proxy every request of Chromium that is not the app's own goes through: what DevTools cannot pause
 * (WebSocket, prefetch, workers' odd corners, Chromium's own services) is put to the sessions' webRequest listeners here.
 *
 * @returns Its port.
 */
export function startRequestProxy(): Promise<number> {
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    void mayPass(url).then((passes) => {
      if (!passes) {
        response.writeHead(403).end();
        return;
      }
      const onward = sendRequest(url, { method: request.method, headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => response.writeHead(502).end());
      request.pipe(onward);
    });
  });
  server.on('connect', (request, client: Socket) => {
    client.on('error', () => client.destroy());
    const [host = '', port = '443'] = (request.url ?? '').split(/:(?=\d+$)/);
    void Promise.all([mayPass(`https://${host}:${port}/`), mayPass(`wss://${host}:${port}/`)]).then(([http, ws]) => {
      if (!http || !ws) {
        client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
        return;
      }
      const upstream = connect(Number(port), host.replace(/^\[|\]$/g, ''), () => {
        client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        upstream.pipe(client);
        client.pipe(upstream);
      });
      upstream.on('error', () => client.destroy());
    });
  });
  server.unref();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Chromium's own services; what a page asks of them never comes this far, DevTools pauses it first. */
const CHROMIUM_SERVICES = /^\w+:\/\/([\w-]+\.)*(google|googleapis|gvt1|gstatic)\.com(:\d+)?\//;

/** Which window asks is not known here: a request passes only if no session's listener cancels it. */
async function mayPass(url: string): Promise<boolean> {
  if (CHROMIUM_SERVICES.test(url)) return false;
  const details = { id: 0, url, method: 'GET', resourceType: 'other', referrer: '', timestamp: 0 } as unknown as Electron.OnBeforeRequestListenerDetails;
  const answers = await Promise.all(allSessions().map((session) => session.webRequest.decide(details)));
  return answers.every(({ cancel }) => cancel !== true);
}
