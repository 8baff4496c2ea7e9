import errno, json, lzma, os, shutil, stat, sys, tarfile, zipfile, zlib

class Refused(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code

source, target, limits = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
CHUNK = 256 * 1024

def shown(name):
    return json.dumps(name[:120], ensure_ascii=True)

class Unpacker:
    def __init__(self, read_so_far):
        self.read_so_far = read_so_far
        self.entries = self.bytes = 0
        self.links = []

    def place(self, name):
        """The path of an entry below the target, or Refused."""
        plain = name.replace('\\', '/')
        parts = [part for part in plain.split('/') if part not in ('', '.')]
        if '\0' in name or plain.startswith('/') or (len(plain) > 1 and plain[1] == ':') or '..' in parts:
            raise Refused('archive_unsafe_path', 'The archive contains the path ' + shown(name) + ', which leads out of it.')
        if len(plain) > 2048 or any(len(os.fsencode(part)) > 255 for part in parts) or len(parts) > 64:
            raise Refused('archive_unsafe_path', 'The archive contains a path that is too long or too deep: ' + shown(name) + '.')
        return os.path.join(target, *parts)

    def count(self):
        self.entries += 1
        if self.entries > limits['maxEntries']:
            raise Refused('archive_too_large', 'The archive has more than %d entries.' % limits['maxEntries'])

    def grow(self, more):
        self.bytes += more
        if self.bytes > limits['ratioFromBytes'] and self.bytes > limits['maxRatio'] * max(1, self.read_so_far()):
            raise Refused('archive_bomb', 'The archive unpacks to more than %d times its size.' % limits['maxRatio'])
        if self.bytes > limits['maxBytes']:
            raise Refused('archive_too_large', 'The archive unpacks to more than %d MiB.' % (limits['maxBytes'] >> 20))

    def folder(self, name):
        self.count()
        os.makedirs(self.place(name), exist_ok=True)

    def file(self, name, data, executable):
        self.count()
        path = self.place(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'wb') as out:
            while chunk := data.read(CHUNK):
                self.grow(len(chunk))
                out.write(chunk)
        os.chmod(path, 0o755 if executable else 0o644)

    def skip(self, size):
        self.grow(size)

    def link(self, name, to):
        self.count()
        path = self.place(name)
        if '\0' in to or len(to) > 2048 or to.startswith('/') or not inside(os.path.join(os.path.dirname(path), to)):
            raise Refused('archive_link', 'The archive contains the link ' + shown(name) + ' to ' + shown(to) + ', which leads out of it.')
        self.links.append((path, to, name))

    def copy(self, name, of):
        self.count()
        path, original = self.place(name), self.place(of)
        if not os.path.isfile(original):
            raise Refused('archive_link', 'The archive contains the hard link ' + shown(name) + ' to ' + shown(of) + ', which is not a file in it.')
        self.grow(os.path.getsize(original))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if path != original:
            shutil.copy2(original, path)

    def finish(self):
        for path, to, name in self.links:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            if not os.path.lexists(path):
                os.symlink(to, path)
        for path, to, name in self.links:
            if not inside(os.path.realpath(path)):
                raise Refused('archive_link', 'The archive contains the link ' + shown(name) + ', which leads out of it.')

def inside(path):
    return (os.path.normpath(path) + '/').startswith(target + '/')

def untar(raw):
    unpacker = Unpacker(raw.tell)
    with tarfile.open(fileobj=raw, mode='r|*', errorlevel=1) as archive:
        for member in archive:
            if member.name in ('pax_global_header', '.', './'):
                continue
            if member.issparse():
                raise Refused('archive_unreadable', 'The archive contains the sparse file ' + shown(member.name) + ', which is not supported.')
            if member.isdir():
                unpacker.folder(member.name)
            elif member.isfile():
                unpacker.file(member.name, archive.extractfile(member), bool(member.mode & 0o111))
            elif member.issym():
                unpacker.link(member.name, member.linkname)
            elif member.islnk():
                unpacker.copy(member.name, member.linkname)
            else:
                raise Refused('archive_special_file', 'The archive contains ' + shown(member.name) + ', which is a device or a pipe.')
    return unpacker

def unzip(raw):
    size = os.fstat(raw.fileno()).st_size
    unpacker = Unpacker(lambda: size)
    with zipfile.ZipFile(raw) as archive:
        infos = archive.infolist()
        if len(infos) > limits['maxEntries']:
            raise Refused('archive_too_large', 'The archive has more than %d entries.' % limits['maxEntries'])
        for info in infos:
            mode = info.external_attr >> 16
            kind = stat.S_IFMT(mode)
            if info.flag_bits & 1:
                raise Refused('archive_encrypted', 'The archive is protected by a password.')
            if info.is_dir():
                unpacker.folder(info.filename)
            elif kind == stat.S_IFLNK:
                with archive.open(info) as data:
                    unpacker.link(info.filename, data.read(4096).decode('utf-8', 'surrogateescape'))
            elif kind in (0, stat.S_IFREG):
                with archive.open(info) as data:
                    unpacker.file(info.filename, data, bool(mode & 0o111))
            else:
                raise Refused('archive_special_file', 'The archive contains ' + shown(info.filename) + ', which is a device or a pipe.')
    return unpacker

def main():
    os.makedirs(target, exist_ok=True)
    try:
        with open(source, 'rb') as raw:
            magic = raw.read(4)
            raw.seek(0)
            unpacker = unzip(raw) if magic in (b'PK\x03\x04', b'PK\x05\x06') else untar(raw)
        unpacker.finish()
        return {'entries': unpacker.entries, 'bytes': unpacker.bytes}
    except Refused as refused:
        return {'code': refused.code, 'message': str(refused)}
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return {'code': 'archive_too_large', 'message': 'The archive does not fit on the disk of the sandbox.'}
        return {'code': 'archive_unreadable', 'message': 'The archive cannot be unpacked: ' + str(error.strerror or error)[:200] + '.'}
    except MemoryError:
        return {'code': 'archive_too_large', 'message': 'The archive needs more memory to be unpacked than the sandbox has.'}
    except (tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        return {'code': 'archive_unreadable', 'message': 'The archive cannot be read: ' + str(error)[:200] + '.'}

print(json.dumps(main()))
