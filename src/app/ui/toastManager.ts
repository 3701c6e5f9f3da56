import { Toast } from '@base-ui/react/toast';

/** What a toast offers: one action, with its label. */
export interface ToastData {
  action: string;
  act: () => void;
}

/** The one list of toasts of the page. */
export const toastManager = Toast.createToastManager<ToastData>();

type Options = Parameters<typeof toastManager.add>[0];

/** Base UI drops what is added while no region listens, and a way back must not be dropped (I17). */
const waiting: Options[] = [];
let isListening = false;

/** Shows a toast, now or when the region is there. */
export function showToast(options: Options): void {
  if (isListening) toastManager.add(options);
  else waiting.push(options);
}

/** The region listens from now on, until what this returns is called. */
export function startShowing(): () => void {
  isListening = true;
  for (const options of waiting.splice(0)) toastManager.add(options);
  return () => {
    isListening = false;
  };
}
