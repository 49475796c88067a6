// The C library has it; its header shows it only to programs that ask for GNU extensions.
#pragma once
#include <stddef.h>

void *memmem(const void *text, size_t length, const void *wanted, size_t wantedLength);
