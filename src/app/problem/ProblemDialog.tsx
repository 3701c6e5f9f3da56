import { AlertDialog } from '@base-ui/react/alert-dialog';
import { Dialog } from '@base-ui/react/dialog';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { classNames } from '../ui/classNames.ts';
import { returnTarget } from './returnTarget.ts';
import { useStillness } from './useStillness.ts';

interface ProblemDialogProps {
  isOpen: boolean;
  /** A machine opened it, so nobody was waiting for it. Otherwise a person did. */
  isModal: boolean;
  /** The place in the flow: with each new one the focus moves to where it begins. */
  step: string;
  /** Stands before the title: where the step is on its way. */
  above?: ReactNode;
  title: string;
  /** What it means and what is safe: read together with the title. */
  lead: ReactNode;
  /** The path on which nothing changes, for Esc; null while there is none. */
  onLeave: (() => void) | null;
  isWide?: boolean;
  children: ReactNode;
}

/** The frame of every problem: what we found, what is safe, and below it what can be done. */
export function ProblemDialog(props: ProblemDialogProps) {
  const { isOpen, isModal, step, above, title, lead, onLeave, isWide = false, children } = props;
  const titleId = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const popup = useRef<HTMLDivElement>(null);
  const [before] = useState(() => document.activeElement);
  const { isStill, swallow } = useStillness(step, isModal);
  // A person who opened it begins at the safest useful control; where a machine did, at the heading.
  const start = (): HTMLElement | null =>
    (!isModal && popup.current?.querySelector<HTMLElement>('[data-safe]')) || heading.current;
  useStepFocus(step, start);
  const Root = isModal ? AlertDialog.Root : Dialog.Root;
  return (
    <Root
      open={isOpen}
      onOpenChange={(open, { reason }) => {
        // Whoever opened it may leave at once; only where nobody asked for it, Esc may be meant for something else.
        if (!open && reason === 'escape-key' && !(isModal && isStill())) onLeave?.();
      }}
      {...(!isModal && { disablePointerDismissal: true })}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-black/40 dark:bg-black/60" />
        <Dialog.Popup
          ref={popup}
          aria-labelledby={titleId}
          initialFocus={start}
          finalFocus={() => returnTarget(before)}
          onClickCapture={swallow}
          onKeyDown={pressPrimary}
          className={classNames(
            'fixed inset-0 z-30 flex flex-col overflow-hidden bg-popover outline-hidden',
            'sm:inset-auto sm:top-1/2 sm:left-1/2 sm:max-h-[calc(100dvh-2rem)] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-2xl sm:border sm:border-border sm:shadow-pop',
            isWide ? 'sm:w-[min(52rem,calc(100vw-2rem))]' : 'sm:w-[min(38rem,calc(100vw-2rem))]',
          )}
        >
          <div className="scroll-thin flex min-h-0 scroll-pb-16 flex-col gap-4 overflow-y-auto p-5 sm:p-7">
            {above}
            <div className="flex flex-col gap-2">
              <Dialog.Title
                id={titleId}
                ref={heading}
                tabIndex={-1}
                className="text-xl leading-7 font-semibold tracking-tight text-balance outline-none"
              >
                {title}
              </Dialog.Title>
              <Dialog.Description render={<div />} className="flex flex-col gap-3 text-muted-foreground">
                {lead}
              </Dialog.Description>
            </div>
            {children}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Root>
  );
}

/** Ctrl or Cmd with Enter is the primary action, where there is one. */
function pressPrimary(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  const primary = event.currentTarget.querySelector<HTMLElement>('[data-primary]');
  if (!primary) return;
  event.preventDefault();
  primary.click();
}

/** A second question takes the place of the first: reading goes on at its beginning. */
function useStepFocus(step: string, start: () => HTMLElement | null): void {
  const last = useRef(step);
  useEffect(() => {
    if (last.current === step) return;
    last.current = step;
    start()?.focus();
  });
}
