import { Search, X } from 'lucide-react';
import type { ComponentPropsWithRef } from 'react';
import { say } from '../words/say.ts';
import { classNames } from './classNames.ts';
import { inputClass } from './Field.tsx';

interface SearchFieldProps extends Omit<ComponentPropsWithRef<'input'>, 'onChange' | 'value'> {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** A search box: magnifier, clear button, and its own name. Esc clears. */
export function SearchField({ label, value, onChange, className, onKeyDown, ...rest }: SearchFieldProps) {
  return (
    <div className={classNames('relative', className)}>
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted-foreground"
      />
      <input
        autoComplete="off"
        spellCheck={false}
        {...rest}
        type="text"
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          onKeyDown?.(event);
          if (event.key === 'Escape' && value !== '' && !event.defaultPrevented) {
            event.preventDefault();
            event.stopPropagation();
            onChange('');
          }
        }}
        className={classNames(inputClass, 'pr-8 pl-8')}
      />
      {value !== '' && (
        <button
          type="button"
          aria-label={say('search.clear')}
          onClick={() => onChange('')}
          className="absolute top-1 right-1 flex size-6 items-center justify-center rounded text-muted-foreground hover:bg-muted"
        >
          <X aria-hidden="true" className="size-3.5" />
        </button>
      )}
    </div>
  );
}
