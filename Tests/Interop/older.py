"""Programs of before meet a registry of today: each refuses it in words, and changes no octet. By hand: it builds them.

Usage: older.py [COMMIT…], in a clone with the history; without a commit, the two that had a schema of their own.
"""
import hashlib
import pathlib
import subprocess
import sys
import tempfile

project = pathlib.Path(__file__).resolve().parents[2]
COMMITS = ("dad938a", "78cea9d")


def built(commit, folder):
    """The server of a commit."""
    tree = folder / commit
    subprocess.run(["git", "worktree", "add", "-q", "--detach", tree, commit], cwd=project, check=True)
    try:
        subprocess.run(["swift", "build", "--product", "bitimd"], cwd=tree, check=True, stdout=subprocess.DEVNULL)
        server = folder / f"bitimd-{commit}"
        server.write_bytes((tree / ".build/debug/bitimd").read_bytes())
        server.chmod(0o755)
        return server
    finally:
        subprocess.run(["git", "worktree", "remove", "--force", tree], cwd=project, check=True)


def main():
    subprocess.run(["swift", "build", "--product", "bitimd"], cwd=project, check=True, stdout=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run([project / ".build/debug/bitimd", "init", "--database", "db", "--name-kk", "Мектеп", "--name-ru",
                        "Школа", "--name-en", "School", "--region", "Алматы", "--entitled-from", "2020-01-01",
                        "--entitled-by", "№ 7", "--administrator", "Әбенова Гүлнәр", "--born", "1980-05-02"],
                       cwd=folder, check=True, stdout=subprocess.DEVNULL)
        octets = hashlib.sha256((folder / "db").read_bytes()).digest()
        for commit in sys.argv[1:] or COMMITS:
            server = built(commit, folder)
            for command in (["serve", "--listen", "unix://s"], ["migrate"]):
                done = subprocess.run(["timeout", "60", server, *command, "--database", "db"], cwd=folder,
                                      capture_output=True, text=True)
                if done.returncode in (0, 124) or "newer" not in done.stderr:
                    sys.exit(f"FAIL: {commit} {command[0]}: {done.returncode} {done.stdout}{done.stderr}")
                if hashlib.sha256((folder / "db").read_bytes()).digest() != octets:
                    sys.exit(f"FAIL: {commit} {command[0]} changed the registry")
                print(f"{commit} {command[0]}: {done.stderr.strip()}")


main()
