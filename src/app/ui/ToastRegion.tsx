import { Toast } from '@base-ui/react/toast';
import { CircleAlert, X } from 'lucide-react';
import { useEffect } from 'react';
import { say } from '../words/say.ts';
import { buttonClass } from './Button.tsx';
import { startShowing, type ToastData, toastManager } from './toastManager.ts';

/** Shows toasts at the bottom; F6 jumps there and back (Base UI). */
export default function ToastRegion() {
  // After the provider's own effect, which listens.
  useEffect(startShowing, []);
  return (
    <Toast.Provider toastManager={toastManager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport
          aria-label={say('toast.region')}
          // On the left: the buttons of a wide dialog are on the right.
          className="fixed right-4 bottom-11 left-4 z-50 flex flex-col items-start gap-2 sm:right-auto sm:w-96"
        >
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList() {
  const { toasts, close } = Toast.useToastManager<ToastData>();
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      swipeDirection={['left', 'down']}
      className="w-full rounded-lg border border-border bg-popover shadow-pop transition-[opacity,translate] duration-150 data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-2 data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-center gap-2 py-2 pr-2 pl-3.5">
        {toast.type === 'error' && (
          <CircleAlert aria-hidden="true" className="size-4 shrink-0 text-destructive" />
        )}
        <Toast.Title render={<p />} className="min-w-0 flex-1 text-sm wrap-anywhere" />
        {toast.data && (
          <Toast.Action
            className={`${buttonClass('quiet', 'small')} text-primary`}
            onClick={() => {
              close(toast.id);
              toast.data?.act();
            }}
          >
            {toast.data.action}
          </Toast.Action>
        )}
        <Toast.Close
          aria-label={say('toast.close')}
          className={`${buttonClass('quiet', 'small')} w-7 !px-0 text-muted-foreground`}
        >
          <X aria-hidden="true" />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
