/*
 * Has the kernel tell of a device, as a driver does: uevent HEADER KEY=VALUE..., such as add@/module/nvidia ACTION=add
 * DEVPATH=/module/nvidia SUBSYSTEM=module. Only listeners in the network namespace of this process hear it.
 */
#include <linux/netlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

int main(int argc, char **argv) {
    struct {
        struct nlmsghdr header;
        char text[2048];
    } event = {.header = {.nlmsg_type = NLMSG_MIN_TYPE, .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK}};
    struct {
        struct nlmsghdr header;
        struct nlmsgerr error;
        char rest[sizeof event];
    } answer;
    struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
    size_t length = 0;

    for (int i = 1; i < argc; i++) {
        size_t more = strlen(argv[i]) + 1;
        if (length + more > sizeof event.text) {
            fputs("uevent: too long\n", stderr);
            return 2;
        }
        memcpy(event.text + length, argv[i], more);
        length += more;
    }
    event.header.nlmsg_len = NLMSG_HDRLEN + length;
    int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_KOBJECT_UEVENT);
    if (fd < 0 || sendto(fd, &event, event.header.nlmsg_len, 0, (struct sockaddr *)&kernel, sizeof kernel) < 0
            || recv(fd, &answer, sizeof answer, 0) < 0) {
        perror("uevent");
        return 1;
    }
    if (answer.error.error != 0) {
        fprintf(stderr, "uevent: %s\n", strerror(-answer.error.error));
        return 1;
    }
    return 0;
}
