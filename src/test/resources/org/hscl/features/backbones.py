"""Writes the small TorchScript networks of the tests: backbones.py FOLDER"""
import io
import pathlib
import sys
import zipfile

import torch
from torch import nn


class Vector(nn.Module):
    """(N, 3, H, W) → (N, 12): the mean colour of each quarter."""

    def forward(self, x):
        return nn.functional.adaptive_avg_pool2d(x, 2).flatten(1)


class Maps(nn.Module):
    """Two maps, of which the second is coarser."""

    def forward(self, x):
        return nn.functional.avg_pool2d(x, 4), nn.functional.avg_pool2d(x[:, :2], 8) + 1.0


class Gray(nn.Module):
    """Takes one channel only."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Conv2d(1, 4, 3)

    def forward(self, x):
        return self.layer(x)


class Constant(nn.Module):
    def forward(self, x):
        return torch.ones(x.shape[0], 5)


class NotFinite(nn.Module):
    def forward(self, x):
        return (x.mean(dim=(2, 3)) - 2.0).log()


def write(network, path):
    """Without what tells where it was made."""
    archive = io.BytesIO()
    torch.jit.save(torch.jit.script(network.eval()), archive)
    with zipfile.ZipFile(archive) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as kept:
        for name in made.namelist():
            if not name.endswith(".debug_pkl"):
                kept.writestr(zipfile.ZipInfo(path.stem + name[name.index("/"):], (1980, 1, 1, 0, 0, 0)), made.read(name))


for name, network in {"vector": Vector(), "maps": Maps(), "gray": Gray(), "constant": Constant(), "notfinite": NotFinite()}.items():
    write(network, pathlib.Path(sys.argv[1]) / f"{name}.pt")
