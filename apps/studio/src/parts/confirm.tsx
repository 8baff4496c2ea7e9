import type { ReactNode } from 'react';
import { AlertDialog } from 'radix-ui';

/** A button that asks before it does what cannot be undone. */
export const Confirm = ({
  label,
  title,
  children,
  onConfirm,
  isBusy = false,
}: {
  label: string;
  title: string;
  children: ReactNode;
  onConfirm: () => void;
  isBusy?: boolean;
}) => (
  <AlertDialog.Root>
    <AlertDialog.Trigger className="button small danger" disabled={isBusy}>
      {label}
    </AlertDialog.Trigger>
    <AlertDialog.Portal>
      <AlertDialog.Overlay className="dialog-shade" />
      <AlertDialog.Content className="dialog card stack">
        <AlertDialog.Title>{title}</AlertDialog.Title>
        <AlertDialog.Description className="muted">{children}</AlertDialog.Description>
        <div className="row">
          <AlertDialog.Action className="button danger" onClick={onConfirm}>
            {label}
          </AlertDialog.Action>
          <AlertDialog.Cancel className="button">Keep it</AlertDialog.Cancel>
        </div>
      </AlertDialog.Content>
    </AlertDialog.Portal>
  </AlertDialog.Root>
);
