import { Toast } from '@base-ui/react/toast';

/** What a toast offers: one action, with its label. */
export interface ToastData {
  action: string;
  act: () => void;
}

/** The one list of toasts of the page. */
export const toastManager = Toast.createToastManager<ToastData>();
