import type { KeyboardEvent, ReactNode } from 'react';
import { sayProblem } from '../words/sayProblem.ts';

/** The ways on. While the focus is among them, digits choose and arrows move; nowhere else (WCAG 2.1.4). */
export function Choices({ children }: { children: ReactNode }) {
  return (
    <ul aria-label={sayProblem('problem.choices')} onKeyDown={onKey} className="flex flex-col gap-2">
      {children}
    </ul>
  );
}

function onKey(event: KeyboardEvent<HTMLUListElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const list = event.currentTarget;
  if (/^[1-5]$/.test(event.key)) {
    list.querySelector<HTMLElement>(`[data-digit="${event.key}"]`)?.click();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const buttons = [...list.querySelectorAll<HTMLElement>('[data-choice]')];
  const at = buttons.indexOf(event.target as HTMLElement);
  // What is folded below a choice is moved through by Tab.
  if (at < 0) return;
  event.preventDefault();
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
}
