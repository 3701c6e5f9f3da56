import type { ComponentPropsWithRef } from 'react';
import { classNames } from './classNames.ts';

type Look = 'primary' | 'secondary' | 'quiet' | 'danger';
type Size = 'small' | 'medium';

const LOOKS: Record<Look, string> = {
  primary: 'bg-primary text-primary-foreground border-transparent hover:bg-primary-hover shadow-xs',
  secondary: 'bg-card text-foreground border-border hover:bg-muted shadow-xs',
  quiet: 'bg-transparent text-foreground border-transparent hover:bg-muted',
  danger: 'bg-card text-destructive border-destructive/50 hover:bg-destructive-soft',
};

const SIZES: Record<Size, string> = {
  small: 'h-7 px-2 text-xs gap-1.5 [&_svg]:size-3.5',
  medium: 'h-8 px-3 text-sm gap-2 [&_svg]:size-4',
};

/** Classes of a button, for links and Base UI triggers that must look like one. */
export function buttonClass(look: Look = 'secondary', size: Size = 'medium'): string {
  return classNames(
    'inline-flex shrink-0 items-center justify-center rounded-md border font-medium whitespace-nowrap select-none',
    'transition-colors duration-100 [&_svg]:shrink-0',
    'disabled:opacity-50 disabled:pointer-events-none aria-disabled:opacity-50',
    LOOKS[look],
    SIZES[size],
  );
}

export interface ButtonProps extends ComponentPropsWithRef<'button'> {
  look?: Look;
  size?: Size;
}

/** A push button. `type="button"` unless said otherwise, so that no form is sent by accident. */
export function Button({ look, size, className, ...rest }: ButtonProps) {
  return <button type="button" {...rest} className={classNames(buttonClass(look, size), className)} />;
}
