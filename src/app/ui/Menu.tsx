import { lazy, type ReactElement, type ReactNode } from 'react';
import type { ChoicesProps } from './MenuPopup.tsx';
import { OnDemand } from './OnDemand.tsx';

export interface MenuProps {
  /** The button; it keeps its own look and name. */
  trigger: ReactElement<Record<string, unknown>>;
  children: ReactNode;
  align?: 'start' | 'end';
}

const load = () => import('./MenuPopup.tsx');
const MenuPopup = lazy(load);
const Choices = lazy(async () => ({ default: (await load()).MenuChoices }));

/** One command of a menu. */
export const MenuItem = lazy(async () => ({ default: (await load()).MenuItem }));
export const MenuSeparator = lazy(async () => ({ default: (await load()).MenuSeparator }));

/** A menu button. The menu is fetched when the button is first looked at, so that a page starts without it. */
export function Menu(props: MenuProps) {
  return (
    <OnDemand trigger={props.trigger} popup="menu" load={load}>
      <MenuPopup {...props} />
    </OnDemand>
  );
}

/** A group of which exactly one is chosen. */
export function MenuChoices<Value extends string>(props: ChoicesProps<Value>) {
  const isChoice = (value: string): value is Value => props.choices.some((choice) => choice.value === value);
  return <Choices {...props} onChange={(value) => isChoice(value) && props.onChange(value)} />;
}
