#compdef gpu-cdi
# Completion of gpu-cdi for zsh; made by: gpu-cdi completion zsh
# As a file _gpu-cdi in a directory of fpath, or after compinit: source <(gpu-cdi completion zsh)

#DATA#

# A command that has commands; options and commands are the caller's.
__gpu_cdi_group() {
    local curcontext=$curcontext state line
    typeset -A opt_args
    _arguments -s -C $options '1:command:->command' '*::argument:->argument' && return
    case $state in
        command) _describe -t commands command commands ;;
        argument) (( $+functions[${1}_$line[1]] )) && ${1}_$line[1] ;;
    esac
}

# What only the program can say. It reads spec directories, and never the driver.
__gpu_cdi_ask() {
    ${~typed[1]} complete $1 ${(M)typed:#(--spec-dir=*|--as=*|--rootless)} 2>/dev/null </dev/null
}

__gpu_cdi_devices() {
    compadd "$@" - ${(f)"$(__gpu_cdi_ask devices)"}
}

__gpu_cdi_ids() {
    _sequence "$@" compadd - all none ${(f)"$(__gpu_cdi_ask ids)"}
}

_gpu-cdi() {
    local -a typed=($words)
    _gpu_cdi
}

if [[ $funcstack[1] == _gpu-cdi ]]; then
    _gpu-cdi "$@"
else
    compdef _gpu-cdi gpu-cdi
fi
