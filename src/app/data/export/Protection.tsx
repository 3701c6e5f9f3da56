import { useId } from 'react';
import { classNames } from '../../ui/classNames.ts';
import { Field } from '../../ui/Field.tsx';
import { sayData } from '../../words/sayData.ts';
import { strengthOf } from './strengthOf.ts';

interface Typed {
  readonly passphrase: string;
  readonly again: string;
}

interface ProtectionProps {
  isProtected: boolean;
  onProtect: (isProtected: boolean) => void;
  typed: Typed;
  onType: (typed: Typed) => void;
}

const LEVELS = { weak: 1, fair: 2, strong: 3 } as const;

/** Whether the file is encrypted, and with what: typed twice, since nobody could open it after a slip. */
export function Protection({ isProtected, onProtect, typed, onType }: ProtectionProps) {
  const id = useId();
  const { passphrase, again } = typed;
  const strength = strengthOf(passphrase);
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 font-medium">{sayData('export.protection')}</legend>
      <label className="flex gap-2.5 rounded-lg px-2 py-1.5 hover:bg-muted">
        <input
          type="checkbox"
          checked={isProtected}
          onChange={({ target }) => onProtect(target.checked)}
          aria-describedby={`${id}-means`}
          className="mt-0.5 size-4 shrink-0 accent-primary"
        />
        <span className="flex min-w-0 flex-col">
          {sayData('export.protect')}
          <span id={`${id}-means`} className="text-xs text-muted-foreground">
            {sayData('export.protectMeans')}
          </span>
        </span>
      </label>
      {isProtected && (
        <div className="ml-6.5 grid gap-3 sm:grid-cols-2">
          <Field
            label={sayData('export.passphrase')}
            type="password"
            value={passphrase}
            onChange={({ target }) => onType({ ...typed, passphrase: target.value })}
          />
          <Field
            label={sayData('export.repeat')}
            type="password"
            value={again}
            onChange={({ target }) => onType({ ...typed, again: target.value })}
            error={again !== '' && again !== passphrase ? sayData('export.differs') : undefined}
          />
          {passphrase !== '' && (
            <p className="flex flex-wrap items-center gap-2 text-xs text-muted-foreground sm:col-span-2">
              <Meter strength={strength} />
              <span role="status">
                <span className="sr-only">{sayData('export.strength')} </span>
                {sayData(`export.${strength}`)}
              </span>
            </p>
          )}
        </div>
      )}
    </fieldset>
  );
}

/** Three bars, filled as far as it holds; the words beside it say the same. */
function Meter({ strength }: { strength: keyof typeof LEVELS }) {
  const level = LEVELS[strength];
  return (
    <span aria-hidden="true" className="flex gap-1">
      {[1, 2, 3].map((bar) => (
        <span
          key={bar}
          className={classNames(
            'h-1.5 w-7 rounded-full',
            bar > level ? 'bg-border' : level === 3 ? 'bg-success' : 'bg-warning',
          )}
        />
      ))}
    </span>
  );
}
