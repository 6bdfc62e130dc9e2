import { NumberInput } from '@mantine/core';
import { useState } from 'react';

interface WholeNumberFieldProps {
  readonly label: string;
  readonly description: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onSave: (value: number) => void;
}

function TypedField({ label, description, value, min, max, onSave }: WholeNumberFieldProps) {
  const [typed, setTyped] = useState<number | string>(value);
  const save = (): void => {
    const wanted = typeof typed === 'number' && Number.isInteger(typed) ? Math.min(max, Math.max(min, typed)) : value;
    setTyped(wanted);
    if (wanted !== value) onSave(wanted);
  };
  return (
    <NumberInput label={label} description={description} value={typed} min={min} max={max} allowDecimal={false} clampBehavior="blur"
      onChange={setTyped} onBlur={save} onKeyDown={(event) => { if (event.key === 'Enter') save(); }} />
  );
}

/** A whole number that is saved when the person is done with it: on Enter or on leaving the field. */
export function WholeNumberField(props: WholeNumberFieldProps) {
  // A value that changed elsewhere replaces what was typed.
  return <TypedField key={props.value} {...props} />;
}
