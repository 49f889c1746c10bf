#!/usr/bin/env python3
"""Records one whole training step by the paper's formulas, in plain PyTorch and float64: step_paper_w8.npz.

usage: paper_step.py GOLDEN_FOLDER
Needs PyTorch and NumPy (Debian: python3-torch, python3-numpy). Starts from the network of encoder_w8.npz and the images of
step_w8.npz there, and writes beside them: the draws of Eq. 6 (rows of "labeled normal, then unlabeled"), the losses, the
gradient of each weight, each weight after Adam's first step (stored where it is a running statistic; of the others the
gradient tells it), and the rate of that step.
"""
import math
import pathlib
import sys

import numpy
import torch
from torch.nn import functional

TEMPERATURE, ETA, LAMBDA_1, LAMBDA_2 = 0.5, 0.523, 0.7, 1.3
PEAK, WARM_UP, STEPS = 1e-3, 10, 8

folder = pathlib.Path(sys.argv[1])
start, step = numpy.load(folder / 'encoder_w8.npz'), numpy.load(folder / 'step_w8.npz')
weights = {name[5:]: torch.tensor(start[name]).double() for name in start.files
           if name.startswith('init/') and not name.endswith('num_batches_tracked')}
learned = [name for name in weights if 'running' not in name]
for name in learned:
    weights[name].requires_grad_()


def convolve(x, name, normalization, stride=1):
    w = weights[name + '.weight']
    x = functional.conv2d(x, w, stride=stride, padding=w.shape[-1] // 2)
    n = normalization
    return functional.batch_norm(x, weights[n + '.running_mean'], weights[n + '.running_var'], weights[n + '.weight'],
                                 weights[n + '.bias'], True, 0.1, 1e-5)


def encode(images):
    x = convolve(2 * images - 1, 'conv1', 'bn1').relu()
    for stage in range(1, 5):
        for block in range(2):
            name, stride = f'layer{stage}.{block}', 2 if stage > 1 and block == 0 else 1
            y = convolve(x, name + '.conv1', name + '.bn1', stride).relu()
            y = convolve(y, name + '.conv2', name + '.bn2')
            skip = convolve(x, name + '.shortcut.0', name + '.shortcut.1', stride) if name + '.shortcut.0.weight' in weights else x
            x = (y + skip).relu()
    x = x.mean((2, 3))
    hidden = functional.linear(x, weights['simclr_layer.0.weight'], weights['simclr_layer.0.bias']).relu()
    z = functional.linear(hidden, weights['simclr_layer.2.weight'], weights['simclr_layer.2.bias'])
    return z, functional.linear(x, weights['shift_cls_layer.weight'], weights['shift_cls_layer.bias'])


z, logits = encode(torch.tensor(step['images']).double())
assert abs(z.detach().numpy() - step['train_projection']).max() < 1e-4, 'this is not the recorded network'
rows = len(z)
count = rows // 8
unit = functional.normalize(z)

# Eq. 1-2: the other view of the same rotated image attracts, all other rows repel.
sample = 0
for i in range(rows):
    others = torch.stack([unit[i] @ unit[j] / TEMPERATURE for j in range(rows) if j != i])
    sample = sample + torch.logsumexp(others, 0) - unit[i] @ unit[(i + rows // 2) % rows] / TEMPERATURE
sample = sample / rows

# Which of the four rotations was applied?
shift = functional.cross_entropy(logits, torch.tensor([i // count % 4 for i in range(rows)]))

# The unrotated rows: 0, 1 unlabeled (normal, abnormal), 2 labeled normal, 3 labeled abnormal.
upright = [i for i in range(rows) if i // count % 4 == 0]
state = step['state'].astype(int)
known = [i for i in upright if state[i] == 2]
normal = known + [i for i in upright if state[i] in (0, 1)]
abnormal = [i for i in upright if state[i] == 3]

# Eq. 3-5
prototypes = functional.normalize(weights['normal_vec'], dim=0)
nearest = (unit[normal] @ prototypes).max(1).values
soft = torch.tensor([1.0 if k < len(known) else (nearest[k].item() + 1) / 2 for k in range(len(normal))]).double()
prototype = ((soft * (nearest - 1)) ** 2).mean() + ((unit[abnormal] @ prototypes).clamp(min=0) ** 2).mean()

# Eq. 6-7
mass = torch.where(soft > ETA, soft, torch.zeros_like(soft)).numpy()
draw = numpy.random.RandomState(1)
anchors, positives = (draw.choice(len(normal), rows, p=mass / mass.sum()) for _ in range(2))
pairs = 0
for i, j in zip(anchors, positives):
    attract = unit[normal[i]] @ unit[normal[j]] / TEMPERATURE
    repel = torch.stack([attract] + [unit[normal[i]] @ unit[a] / TEMPERATURE for a in abnormal])
    pairs = pairs + torch.logsumexp(repel, 0) - attract
pairs = pairs / rows

total = sample + shift + LAMBDA_1 * prototype + LAMBDA_2 * pairs  # Eq. 8
total.backward()
assert math.isfinite(total.item()) and 0 < (mass == 0).sum() < len(mass), 'some rows should be below the threshold'

out = {'anchor_index': anchors, 'positive_index': positives, 'weight_thresholded': mass, 'rate': PEAK * (1 / STEPS) / WARM_UP, 'loss_total': total,
       'loss_ss': sample, 'loss_shift': shift, 'loss_sp': prototype, 'loss_na': pairs}
for name in learned:
    out['grad/' + name] = weights[name].grad
for name in weights:
    if name not in learned:
        out['after/' + name] = weights[name]
numpy.savez(folder / 'step_paper_w8.npz', **{
    name: numpy.asarray(value.detach() if isinstance(value, torch.Tensor) else value, dtype='float32') for name, value in out.items()})
print({name: float(value) for name, value in out.items() if name.startswith(('loss', 'rate'))}, mass.round(3))
