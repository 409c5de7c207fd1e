/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <complex.h>

/* glibc gives CMPLX to gcc alone; clang has the same built-in function. */
#ifndef CMPLX
#define CMPLX(re, im) __builtin_complex ((double) (re), (double) (im))
#endif
