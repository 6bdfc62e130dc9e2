import { faultSchema } from './faults.ts';
import type { Fault } from './faults.ts';

/** The one value of each kind that has one and can do without others. */
const valueFields: Readonly<Record<string, string>> = {
  'status': 'status', 'slow': 'ms', 'drip': 'everyMs', 'cut': 'afterBytes', 'redirect': 'location', 'huge': 'bytes', 'gzip-bomb': 'bytes', 'error-in-200': 'shape',
  'deep-body': 'depth', 'finish': 'reason', 'usage': 'how', 'other-model': 'model', 'deep-nesting': 'depth', 'huge-string': 'characters', 'hostile-around': 'how',
  'refusal': 'how', 'hostile-words': 'how',
};
const numberFields = new Set(['status', 'ms', 'everyMs', 'afterBytes', 'bytes', 'shape', 'depth', 'characters']);

/**
 * Faults by name, for scripts and tables: "status:503", "usage:missing", several at once as "fenced+usage:zero".
 *
 * @param names - Kinds, each with its value behind a colon where it has one.
 * @throws {z.ZodError} for a kind or a value that there is not.
 */
export function faultsNamed(names: string): Fault[] {
  return names.split('+').map((name) => {
    const [kind = '', ...rest] = name.split(':');
    const field = valueFields[kind];
    const value = rest.join(':');
    if (field === undefined) return faultSchema.parse(value === '' ? { kind } : { kind, value });
    return faultSchema.parse({ kind, [field]: numberFields.has(field) ? Number(value) : value });
  });
}

/**
 * The name that faultsNamed understands.
 *
 * @param fault - Headers and bodies of its own are left out.
 */
export function nameOfFault(fault: Fault): string {
  const field = valueFields[fault.kind];
  if (field === undefined) return fault.kind;
  return `${fault.kind}:${String((fault as unknown as Readonly<Record<string, unknown>>)[field])}`;
}

/** Kinds of faults that there are. */
export function faultKinds(): readonly Fault['kind'][] {
  return faultSchema.options.map((option) => option.shape.kind.value);
}
