import { lazy, type ReactNode, Suspense, useState } from 'react';

export interface DialogProps {
  title: string;
  description?: ReactNode;
  children: ReactNode;
  isOpen: boolean;
  onClose: () => void;
}

const DialogPopup = lazy(() => import('./DialogPopup.tsx'));

/** A dialog, fetched when it is first opened; after that it stays, so that closing gives the focus back. */
export function Dialog(props: DialogProps) {
  const [wasOpened, setOpened] = useState(props.isOpen);
  if (props.isOpen && !wasOpened) setOpened(true);
  if (!wasOpened) return null;
  return (
    <Suspense fallback={null}>
      <DialogPopup {...props} />
    </Suspense>
  );
}
