import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './classNames.ts';
import { MAIN_ID } from './landmarks.ts';
import type { MenuProps } from './Menu.tsx';

const itemClass = classNames(
  'flex min-h-8 cursor-default items-center gap-2 rounded px-2 py-1 text-sm outline-hidden select-none',
  'data-highlighted:bg-accent data-highlighted:text-accent-foreground',
  'data-disabled:text-muted-foreground data-disabled:opacity-60',
  '[&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted-foreground',
);

/** The menu itself, with its button; opens as soon as it is there. */
export default function MenuPopup({ trigger, children, align = 'start' }: MenuProps) {
  return (
    <Base.Root defaultOpen>
      <Base.Trigger render={trigger} />
      <Base.Portal container={document.getElementById(MAIN_ID)}>
        <Base.Positioner sideOffset={4} align={align} className="z-40 outline-hidden">
          <Base.Popup className="max-h-(--available-height) min-w-44 overflow-y-auto rounded-lg border border-border bg-popover p-1 shadow-pop outline-hidden">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export interface ItemProps {
  icon?: ReactNode;
  children: ReactNode;
  onSelect: () => void;
  disabled?: boolean;
  danger?: boolean;
}

/** One command of a menu. */
export function MenuItem({ icon, children, onSelect, disabled = false, danger = false }: ItemProps) {
  return (
    <Base.Item
      onClick={onSelect}
      disabled={disabled}
      className={classNames(itemClass, danger && 'text-destructive [&_svg]:text-destructive')}
    >
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
    </Base.Item>
  );
}

export interface ChoicesProps<Value extends string = string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  choices: readonly { value: Value; label: string; icon?: ReactNode }[];
}

/** A group of which exactly one is chosen. */
export function MenuChoices({ label, value, onChange, choices }: ChoicesProps) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2 pt-1.5 pb-1 text-xs font-medium text-muted-foreground">
        {label}
      </Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={(next: string) => onChange(next)} aria-label={label}>
        {choices.map((choice) => (
          <Base.RadioItem key={choice.value} value={choice.value} className={itemClass} closeOnClick>
            {choice.icon}
            <span className="min-w-0 flex-1">{choice.label}</span>
            <Base.RadioItemIndicator>
              <Check aria-hidden="true" />
            </Base.RadioItemIndicator>
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="mx-1 my-1 h-px bg-border" />;
}
