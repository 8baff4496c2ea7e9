import os, shutil, sys
staging, app, strip = sys.argv[1], '/app', sys.argv[2] == 'strip'
names = [name for name in os.listdir(staging) if name not in ('__MACOSX', '.DS_Store')]
if strip and len(names) == 1 and os.path.isdir(os.path.join(staging, names[0])) and not os.path.islink(os.path.join(staging, names[0])):
    staging = os.path.join(staging, names[0])
    names = os.listdir(staging)
for name in names:
    if name != '.showrunner':
        os.rename(os.path.join(staging, name), os.path.join(app, name))
shutil.rmtree('/app/.showrunner')
files = size = 0
for folder, folders, found in os.walk(app):
    if folder == app and '.git' in folders:
        folders.remove('.git')
    for name in found:
        files += 1
        size += os.lstat(os.path.join(folder, name)).st_size
print(files, size)
