#!/usr/bin/env python3
"""Writes the two scripted casts that DJL, which has no bfloat16, applies as blocks: bfloat16.pt and float32.pt.

usage: casts.py FOLDER
Needs PyTorch (Debian: python3-torch). Each file is a function from a list of tensors to a list of tensors. The same bytes come
out wherever it runs: what the archive says of the place where it was made is left out.
"""
import io
import pathlib
import sys
import zipfile
from typing import List

import torch


class ToBfloat16(torch.nn.Module):
    def forward(self, x: List[torch.Tensor]) -> List[torch.Tensor]:
        return [t.to(torch.bfloat16) for t in x]


class ToFloat32(torch.nn.Module):
    def forward(self, x: List[torch.Tensor]) -> List[torch.Tensor]:
        return [t.to(torch.float32) for t in x]


def write(module, path):
    archive = io.BytesIO()
    torch.jit.save(torch.jit.script(module.eval()), archive)
    with zipfile.ZipFile(archive) as made, zipfile.ZipFile(path, 'w', zipfile.ZIP_STORED) as kept:
        for name in made.namelist():
            if not name.endswith('.debug_pkl'):
                entry = path.stem + name[name.index('/'):]
                kept.writestr(zipfile.ZipInfo(entry, (1980, 1, 1, 0, 0, 0)), made.read(name))


folder = pathlib.Path(sys.argv[1])
write(ToBfloat16(), folder / 'bfloat16.pt')
write(ToFloat32(), folder / 'float32.pt')
