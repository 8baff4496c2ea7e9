import os, sys
path = os.path.realpath(os.path.join('/app', sys.argv[1]))
print('yes' if os.path.isdir(path) and (path + '/').startswith('/app/') else 'no')
