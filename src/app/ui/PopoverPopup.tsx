import { Popover as Base } from '@base-ui/react/popover';
import { useState } from 'react';
import { classNames } from './classNames.ts';
import { MAIN_ID } from './landmarks.ts';
import type { PopoverProps } from './Popover.tsx';

/** The panel itself, with its button; open as soon as it is there. */
export default function PopoverPopup({ trigger, title, children, className }: PopoverProps) {
  const [isOpen, setOpen] = useState(true);
  return (
    <Base.Root open={isOpen} onOpenChange={setOpen}>
      <Base.Trigger render={trigger} />
      <Base.Portal container={document.getElementById(MAIN_ID)}>
        <Base.Positioner sideOffset={6} align="end" className="z-20">
          <Base.Popup
            className={classNames(
              'flex max-h-(--available-height) flex-col overflow-y-auto rounded-xl border border-border bg-popover shadow-pop outline-hidden',
              className,
            )}
          >
            <Base.Title className="border-b border-border px-4 py-2.5 text-sm font-semibold">
              {title}
            </Base.Title>
            {children(() => setOpen(false))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
