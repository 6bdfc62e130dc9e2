import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { SizedPlace } from '../../../../src-shared/domain/views.ts';
import type { PlanePoint } from '../../../viewer/plane-transform.ts';
import { ask } from '../../../workstation.ts';

/** The reader's last click and what came of it; nothing of it is stored. */
export interface Measurement {
  /** Null before the first click. */
  readonly at: { readonly sliceIndex: number; readonly point: PlanePoint } | null;
  readonly busy: boolean;
  readonly sized: SizedPlace | null;
  readonly error: unknown;
  readonly measure: (sliceIndex: number, point: PlanePoint) => void;
}

/** Measures where the reader clicks; forgets it when the reader leaves. */
export function useMeasure(readingId: string, measuring: boolean): Measurement {
  const { mutate, reset, variables, data, error, isPending } = useMutation<SizedPlace, Error, { readonly sliceIndex: number; readonly point: PlanePoint }>({
    mutationFn: ({ sliceIndex, point: [column, row] }) => ask('sizeNodule', { readingId, sliceIndex, column, row }),
    meta: { saysErrorsItself: true },
  });
  useEffect(() => { if (!measuring) reset(); }, [measuring, reset]);
  return { at: variables ?? null, busy: isPending, sized: data ?? null, error, measure: (sliceIndex, point) => { mutate({ sliceIndex, point }); } };
}
