import { CircleAlert } from 'lucide-react';
import { type ComponentPropsWithRef, type ReactNode, useId } from 'react';
import { classNames } from './classNames.ts';

export const inputClass = classNames(
  'h-8 w-full min-w-0 rounded-md border border-input bg-card px-2.5 text-sm text-foreground',
  'placeholder:text-muted-foreground aria-invalid:border-destructive',
  'disabled:bg-muted disabled:text-muted-foreground',
);

interface FieldProps extends ComponentPropsWithRef<'input'> {
  label: string;
  hint?: ReactNode;
  /** Said next to the field, and wired to it. */
  error?: string | undefined;
}

/** A labelled text field with its hint and its error next to it. May hold patient data, so nothing is autocompleted. */
export function Field({ label, hint, error, required, className, ...rest }: FieldProps) {
  const ownId = useId();
  const id = rest.id ?? ownId;
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ');
  return (
    <div className={classNames('flex min-w-0 flex-col gap-1', className)}>
      <label
        htmlFor={id}
        className={classNames(
          'text-xs font-medium text-foreground',
          // Seen only: the field itself says that it is required.
          required && "after:text-destructive after:content-['_*'/'']",
        )}
      >
        {label}
      </label>
      <input
        autoComplete="off"
        spellCheck={false}
        {...rest}
        id={id}
        required={required}
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
        className={inputClass}
      />
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-muted-foreground">
          {hint}
        </p>
      )}
    </div>
  );
}

/** The error of a field: an icon and words, never colour alone. */
export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} className="flex items-start gap-1.5 text-xs text-destructive">
      <CircleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" />
      <span>{children}</span>
    </p>
  );
}
