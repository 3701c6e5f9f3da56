import type { ReactElement, ReactNode } from 'react';
import type { ChoicesProps, ItemProps } from './MenuPopup.tsx';
import { OnDemand } from './OnDemand.tsx';

export interface MenuProps {
  /** The button; it keeps its own look and name. */
  trigger: ReactElement<Record<string, unknown>>;
  children: ReactNode;
  align?: 'start' | 'end';
}

let parts: typeof import('./MenuPopup.tsx') | undefined;

async function load() {
  parts ??= await import('./MenuPopup.tsx');
  return parts.default;
}

/** A menu button. The menu is fetched when the button is first looked at, so that a page starts without it. */
export function Menu(props: MenuProps) {
  return <OnDemand trigger={props.trigger} popup="menu" load={load} props={props} />;
}

/** One command of a menu. */
export function MenuItem(props: ItemProps) {
  return parts && <parts.MenuItem {...props} />;
}

export function MenuSeparator() {
  return parts && <parts.MenuSeparator />;
}

/** A group of which exactly one is chosen. */
export function MenuChoices<Value extends string>(props: ChoicesProps<Value>) {
  const isChoice = (value: string): value is Value => props.choices.some((choice) => choice.value === value);
  return (
    parts && <parts.MenuChoices {...props} onChange={(value) => isChoice(value) && props.onChange(value)} />
  );
}
