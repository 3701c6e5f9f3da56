import { type ReactNode, useId } from 'react';
import { classNames } from '../ui/classNames.ts';
import { sayProblem } from '../words/sayProblem.ts';

interface ChoiceProps {
  icon: ReactNode;
  label: string;
  /** What changes, what is kept, how to get back; for a choice that is not possible, why. */
  consequence: string;
  /** The key that chooses it. None for what takes something out of sight. */
  digit?: number;
  isRecommended?: boolean;
  isDisabled?: boolean;
  /** Plain: set apart below, for starting over. */
  isPlain?: boolean;
  isSafe?: boolean;
  onChoose: () => void;
  /** More of the same kind, below it. */
  children?: ReactNode;
}

/** A way on: what it does, and below what that means for the data. */
export function Choice(props: ChoiceProps) {
  const { icon, label, consequence, digit, isRecommended, isDisabled, isPlain, isSafe, onChoose, children } =
    props;
  const id = useId();
  return (
    <li className={classNames(isPlain && 'mt-1 border-t border-border pt-3')}>
      <button
        type="button"
        aria-labelledby={isRecommended ? `${id}-label ${id}-recommended` : `${id}-label`}
        aria-describedby={`${id}-means`}
        aria-disabled={isDisabled || undefined}
        aria-keyshortcuts={digit === undefined || isDisabled ? undefined : String(digit)}
        data-choice=""
        data-digit={isDisabled ? undefined : digit}
        data-safe={isSafe ? '' : undefined}
        onClick={isDisabled ? undefined : onChoose}
        className={classNames(
          'flex w-full items-start gap-3 rounded-lg border px-4 py-2.5 text-left transition-colors',
          '[&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0',
          isRecommended ? 'border-primary/60 bg-accent/60' : isPlain ? 'border-transparent' : 'border-border',
          isDisabled ? 'cursor-default' : isRecommended ? 'hover:bg-accent' : 'hover:bg-muted',
        )}
      >
        {icon}
        <span className="flex min-w-0 flex-1 flex-col gap-0.5">
          <span className="flex flex-wrap items-baseline gap-x-2">
            <span
              id={`${id}-label`}
              className={classNames('font-medium', isDisabled && 'text-muted-foreground')}
            >
              {label}
            </span>
            {isRecommended && (
              <span id={`${id}-recommended`} className="text-xs text-primary">
                {sayProblem('problem.recommended')}
              </span>
            )}
          </span>
          <span id={`${id}-means`} className="text-xs leading-4.5 text-muted-foreground">
            {consequence}
          </span>
        </span>
        {digit !== undefined && !isDisabled && (
          <span
            aria-hidden="true"
            className="mt-0.5 hidden size-5 shrink-0 items-center justify-center rounded border border-border bg-muted font-sans text-2xs text-muted-foreground sm:flex"
          >
            {digit}
          </span>
        )}
      </button>
      {children}
    </li>
  );
}
