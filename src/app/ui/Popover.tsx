import type { ReactElement, ReactNode } from 'react';
import { OnDemand } from './OnDemand.tsx';

export interface PopoverProps {
  /** The button; it keeps its own look and name. */
  trigger: ReactElement<Record<string, unknown>>;
  title: string;
  /** `close` takes the popover away. */
  children: (close: () => void) => ReactNode;
  className?: string;
}

async function load() {
  return (await import('./PopoverPopup.tsx')).default;
}

/** A button with a small panel. Esc closes it, and the focus goes back to the button. */
export function Popover(props: PopoverProps) {
  return <OnDemand trigger={props.trigger} popup="dialog" load={load} props={props} />;
}
