import pathlib
import subprocess
import sys
import tempfile
import unittest

import recipe


class Command(unittest.TestCase):
    def test_one_command_makes_a_model(self):
        with tempfile.TemporaryDirectory() as folder:
            tiny = ("--samples 16 --batch 4 --shards 1 --shard-size 30 --utterances 1 --fitting-windows 50").split()
            command = [sys.executable, "-B", recipe.RECIPE / "train.py", recipe.TEACHER, folder, *tiny]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn('"samples": 16', done.stdout)
            self.assertIn("model.safetensors", done.stdout)
            self.assertLessEqual((pathlib.Path(folder) / "model.safetensors").stat().st_size, 320_000)


if __name__ == "__main__":
    unittest.main()
