# shellcheck shell=bash
# Completion of gpu-cdi for bash; made by: gpu-cdi completion bash
# Use it with: source <(gpu-cdi completion bash)

#DATA#

# What only the program can say. It reads spec directories, and never the driver.
_gpu_cdi_ask() {
    local program=${words[0]}
    program=${program/#\~\//$HOME/}
    "$program" complete "$1" "${passed[@]}" 2>/dev/null </dev/null
}

_gpu_cdi() {
    local line=${COMP_LINE:0:COMP_POINT}
    local cur='' path='' option='' prefix='' commands='' options='' kind='' several='' candidates=''
    local word i
    local -a words=() passed=() found=()
    COMPREPLY=()

    # Bash breaks words at = and :, which are within ours; what is quoted is not taken apart.
    read -ra words <<<"$line"
    if [[ $line != *[[:space:]] ]]; then
        cur=${words[${#words[@]} - 1]}
        unset "words[${#words[@]} - 1]"
    fi

    _gpu_cdi_command ''
    for ((i = 1; i < ${#words[@]}; i++)); do
        word=${words[i]}
        if [[ -n $option ]]; then
            option=
            continue
        fi
        case $word in
            --spec-dir=* | --as=* | --rootless) passed+=("$word") ;;
        esac
        if [[ $word == -* ]]; then
            [[ " $options " == *" $word= "* ]] && option=$word
        elif [[ " $commands " == *" $word "* ]]; then
            path="${path:+$path }$word"
            _gpu_cdi_command "$path"
        fi
    done

    local value=$cur
    if [[ -z $option && $cur == --*=* ]]; then
        option=${cur%%=*}
        prefix=$option=
        value=${cur#*=}
    fi
    if [[ -n $option ]]; then
        _gpu_cdi_value "$path $option"
    elif [[ $cur == -* ]]; then
        kind=words candidates=$options
    elif [[ -n $commands ]]; then
        kind=words candidates=$commands
    else
        _gpu_cdi_value "$path"
    fi
    if [[ -n $several && $value == *,* ]]; then
        prefix+=${value%,*},
        value=${value##*,}
    fi

    case $kind in
        files)
            mapfile -t found < <(compgen -f -- "$value")
            compopt -o filenames 2>/dev/null
            ;;
        directories)
            mapfile -t found < <(compgen -d -- "$value")
            compopt -o filenames 2>/dev/null
            ;;
        devices | ids)
            mapfile -t found < <(_gpu_cdi_ask "$kind")
            ;;
    esac
    read -ra words <<<"$candidates"
    for word in "${words[@]}" "${found[@]}"; do
        [[ $word == "$value"* ]] && COMPREPLY+=("$prefix$word")
    done

    # Bash replaces what follows the last of its breaks.
    local breaks=''
    [[ $COMP_WORDBREAKS == *=* ]] && breaks+='='
    [[ $COMP_WORDBREAKS == *:* ]] && breaks+=':'
    if [[ -n $breaks && $cur == *["$breaks"]* ]]; then
        local kept=${cur%"${cur##*["$breaks"]}"}
        COMPREPLY=("${COMPREPLY[@]#"$kept"}")
    fi
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]]; then
        compopt -o nospace 2>/dev/null
    fi
}

complete -F _gpu_cdi gpu-cdi
