/* Loaded first in a utility process: gives it process.parentPort, as Electron does. */
import { EventEmitter } from 'node:events';

const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (message: unknown) => {
    process.send?.({ data: message });
  },
  start: () => undefined,
});
// Node holds messages back until the first listener: one that comes late must still see them.
parentPort.on('newListener', (event) => {
  if (event !== 'message' || parentPort.listenerCount('message') > 0) return;
  process.on('message', (message) => parentPort.emit('message', { data: (message as { data: unknown }).data, ports: [] }));
});
Object.defineProperty(process, 'parentPort', { value: parentPort });
Object.defineProperty(process, 'type', { value: 'utility' });
