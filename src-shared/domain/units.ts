declare const unit: unique symbol;

/** A number that carries its unit in the type, so that lengths, money and times cannot be mixed up. */
export type Quantity<Unit extends string> = number & { readonly [unit]: Unit };

/** Money in integer millionths of a US dollar; a price in USD per million tokens is the same number per token. */
export type MicroUsd = Quantity<'microUsd'>;

/** A point in time in milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = Quantity<'epochMs'>;

/**
 * Marks an integer as micro-USD.
 *
 * @param amount - Millionths of a US dollar.
 * @throws {RangeError} if the amount is not a safe integer.
 */
export function microUsd(amount: number): MicroUsd {
  if (!Number.isSafeInteger(amount)) throw new RangeError('micro-USD must be a safe integer');
  return amount as MicroUsd;
}

/**
 * Marks a number as a point in time.
 *
 * @param ms - Milliseconds since the epoch, UTC.
 */
export function epochMs(ms: number): EpochMs {
  return ms as EpochMs;
}

/** A point or direction in the DICOM patient coordinate system (LPS: +x left, +y posterior, +z head), in millimetres. */
export type PatientPoint = readonly [x: number, y: number, z: number];
