import type { ReactNode } from 'react';
import { type ButtonProps, buttonClass } from './Button.tsx';
import { classNames } from './classNames.ts';
import { TIP } from './TipLayer.tsx';

interface IconButtonProps extends Omit<ButtonProps, 'children' | 'aria-label'> {
  /** The accessible name, and the hint on hover. */
  label: string;
  icon: ReactNode;
}

/** A square button with an icon only; its name is spoken, and shown on hover and focus. */
export function IconButton({ label, icon, look = 'quiet', size, className, ...rest }: IconButtonProps) {
  const square = size === 'small' ? 'w-7 !px-0' : 'w-8 !px-0';
  return (
    <button
      type="button"
      {...rest}
      {...{ [TIP]: label }}
      aria-label={label}
      className={classNames(buttonClass(look, size), square, className)}
    >
      {icon}
    </button>
  );
}
