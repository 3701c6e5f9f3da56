import { type ComponentType, type ReactNode, useEffect, useState } from 'react';

export interface DialogProps {
  title: string;
  description?: ReactNode;
  children: ReactNode;
  isOpen: boolean;
  onClose: () => void;
}

/** A dialog, fetched when it is first opened; after that it stays, so that closing gives the focus back. */
export function Dialog(props: DialogProps) {
  const [Popup, setPopup] = useState<ComponentType<DialogProps> | null>(null);
  const mustLoad = props.isOpen && Popup === null;
  useEffect(() => {
    if (!mustLoad) return;
    import('./DialogPopup.tsx').then(
      (loaded) => setPopup(() => loaded.default),
      () => undefined,
    );
  }, [mustLoad]);
  return Popup && <Popup {...props} />;
}
