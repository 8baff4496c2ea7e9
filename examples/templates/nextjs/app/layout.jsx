import './globals.css';

export const metadata = { title: 'Team directory', description: 'Who works here, and on what.' };

export default function RootLayout({ children }) {
  return (
    <html lang="en">
      <body>
        <main>{children}</main>
      </body>
    </html>
  );
}
