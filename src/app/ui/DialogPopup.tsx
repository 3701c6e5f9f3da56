import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { say } from '../words/say.ts';
import { buttonClass } from './Button.tsx';
import type { DialogProps } from './Dialog.tsx';

/** A dialog that a person opened. Esc, the cross and a click outside all mean: close, and nothing changes. */
export default function DialogPopup({ title, description, children, isOpen, onClose }: DialogProps) {
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-30 bg-black/40 dark:bg-black/60" />
        <Base.Popup className="fixed top-1/2 left-1/2 z-30 flex max-h-[calc(100dvh-2rem)] w-[min(34rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 flex-col rounded-xl border border-border bg-popover shadow-pop">
          <div className="flex items-start gap-4 border-b border-border px-5 py-4">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-base font-semibold">{title}</Base.Title>
              {description && (
                <Base.Description className="mt-1 text-sm text-muted-foreground">
                  {description}
                </Base.Description>
              )}
            </div>
            <Base.Close
              aria-label={say('dialog.close')}
              className={`${buttonClass('quiet', 'small')} w-7 !px-0`}
            >
              <X aria-hidden="true" />
            </Base.Close>
          </div>
          <div className="scroll-thin min-h-0 overflow-y-auto px-5 py-4">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
