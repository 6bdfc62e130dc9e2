import { describe, expect, it } from 'vitest';
import { headerNameFault, headerValueFault } from '../../../src-shared/domain/relay-header.ts';

describe('headerNameFault', () => {
  it.each([['x-title', null], ['X-Title', 'shape'], ['', 'shape'], ['x_title', 'shape'], ['x-api-key', 'secret'], ['authorization', 'secret'], ['set-cookie', 'secret'], ['proxy-authorization', 'secret'], ['host', 'reserved'], ['content-type', 'reserved']])('of %j is %s', (name, fault) => {
    expect(headerNameFault(name)).toBe(fault);
  });
});

describe('headerValueFault', () => {
  it.each([['LungDesk', null], ['{"retry":{"attempts":1}}', null], ['sk-short', null], ['', 'shape'], ['é', 'shape'], ['Bearer abc', 'secret'], ['basic dXNlcjpwYXNz', 'secret'], ['sk-proj-0123456789abcdef', 'secret']])('of %j is %s', (value, fault) => {
    expect(headerValueFault(value)).toBe(fault);
  });
});
