// An X display that nobody sees, for machines without one.
import { spawn } from 'node:child_process';

/**
 * Starts Xvfb on a free display number.
 *
 * @returns {Promise<{ display: string, stop: () => void }>}
 */
export function openHiddenDisplay() {
  return new Promise((resolve, reject) => {
    const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    server.on('error', () => reject(new Error('Xvfb cannot be started; install the package xvfb or set DISPLAY')));
    server.on('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    server.stdio[3].once('data', (data) => {
      process.on('exit', () => server.kill());
      resolve({ display: `:${String(data).trim()}`, stop: () => server.kill() });
    });
  });
}
